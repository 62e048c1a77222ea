// Small manners of the pages. Everything works without them.
(() => {
  "use strict";

  // Ask before a form with data-confirm (or its button) is sent.
  const dialog = document.getElementById("confirm-dialog");
  const confirmed = new WeakSet();

  function ask(source, button, onOk) {
    const ok = dialog.querySelector("[value=ok]");
    dialog.querySelector("#confirm-title").textContent = source.dataset.confirm;
    dialog.querySelector("#confirm-text").textContent = source.dataset.confirmText ?? "";
    ok.textContent = source.dataset.confirmOk ?? dialog.dataset.ok;
    ok.className = `button ${button?.classList.contains("button-danger") ? "button-danger" : "button-primary"}`;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => dialog.returnValue === "ok" && onOk(), { once: true });
    dialog.showModal();
  }

  dialog?.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) dialog.close(button.value);
    else if (event.target === dialog) dialog.close(); // the backdrop
  });

  // Send each form once, and say that it is on its way.
  function markBusy(form, button) {
    form.dataset.sent = "";
    if (!button) return;
    button.setAttribute("aria-busy", "true");
    if (!button.dataset.busy) return;
    const words = document.createElement("span");
    words.textContent = button.dataset.busy;
    button.dataset.label = button.innerHTML;
    button.replaceChildren(words);
  }

  function unmarkBusy() {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("[aria-busy]")) {
      button.removeAttribute("aria-busy");
      if (button.dataset.label) button.innerHTML = button.dataset.label;
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    const source = button?.dataset.confirm ? button : form;
    if (form.method === "dialog") return;
    if ("sent" in form.dataset) return event.preventDefault();
    if (source.dataset.confirm && dialog && !confirmed.has(form)) {
      event.preventDefault();
      return ask(source, button, () => {
        confirmed.add(form);
        form.requestSubmit(button);
      });
    }
    confirmed.delete(form);
    if (form.method === "post") markBusy(form, button);
  });

  window.addEventListener("pageshow", (event) => event.persisted && unmarkBusy());

  // Menus close when attention goes elsewhere.
  const menus = () => document.querySelectorAll("details.user-menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // Refreshing: a session that ended leads to the sign-in page; a server that is away is told, and asked again.
  const lost = document.querySelector(".connection-lost");
  document.addEventListener("htmx:before:response", (event) => {
    const answer = event.detail.ctx.response;
    if (answer.raw.redirected) {
      event.preventDefault();
      window.location.reload();
    }
    if (lost) lost.hidden = answer.status < 500;
  });
  document.addEventListener("htmx:error", () => {
    if (lost) lost.hidden = false;
  });
})();
