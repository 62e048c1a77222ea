"""Reads HTML into a tree that tests can ask."""

from html.parser import HTMLParser
from xml.etree import ElementTree as Tree

VOID = {"meta", "link", "input", "img", "br", "hr"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.builder = Tree.TreeBuilder()
        self.builder.start("document", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


class Dom:
    """A page or a piece of one."""

    def __init__(self, html: str | bytes) -> None:
        reader = _Reader()
        reader.feed(html if isinstance(html, str) else html.decode())
        reader.builder.end("document")
        self.root = reader.builder.close()

    def all(self, path: str) -> list[Tree.Element]:
        """List the elements at a path, such as ``".//label[@for]"``."""
        return self.root.findall(path)

    def one(self, path: str) -> Tree.Element:
        """Return the only element at a path."""
        (element,) = self.all(path)
        return element

    def attributes(self, name: str) -> list[str]:
        """List the values of an attribute, in the order of the page."""
        return [element.attrib[name] for element in self.root.iter() if name in element.attrib]


def text(element: Tree.Element) -> str:
    """Return the words of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())
