"""What the coffee machine shows to people: one page for each record."""

from html import escape
from string import Template

from dovetail.testing.servers.coffee.records import Record

PAGE = Template("""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 34rem; margin: 4rem auto; padding: 0 1rem }
  dl { display: grid; grid-template-columns: 9rem 1fr; gap: .5rem }
  dt { opacity: .7 }
  dd { margin: 0 }
</style>
<p>Coffee machine</p>
<h1>$title</h1>
$body
</html>
""")


def record_page(record: Record) -> str:
    """Show one record."""
    facts = "".join(f"<dt>{escape(name)}<dd>{escape(_text(value))}" for name, value in record.items())
    return PAGE.substitute(title=escape(_title(record)), body=f"<dl>{facts}</dl>")


def front_page(brews: int) -> str:
    """Show that the machine is on."""
    return PAGE.substitute(
        title="Ready", body=f"<p>This machine knows {brews:,} brews, such as <a href='/brews/1'>the first</a>."
    )


def missing_page() -> str:
    """Say that there is no such record."""
    return PAGE.substitute(title="Nothing here", body="<p>The machine does not know this record.")


def _title(record: Record) -> str:
    return str(record.get("title") or record["name"])


def _text(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {inner}" for name, inner in value.items())
    return str(value)
