"""The elements that clues are read from are found with their names, in the page's order."""

from lxml import html

from tasks.extract.page.page_elements import find_elements

PAGE = html.document_fromstring("""
<html><head><title>Ferries</title><link rel="icon" href="/i.png"></head><body>
<h2>News</h2><h1 itemprop="headline">Ferries stay in port</h1>
<span itemprop="author">Ann Lee</span><a rel="author" href="/lee">Ann Lee</a>
<p class="">Text</p><p>Text</p><time itemprop="datePublished">5 March</time><h2>More</h2>
<svg><title>A ship</title></svg></body></html>""")


def test_elements_stand_in_the_order_of_the_page() -> None:
    found = find_elements(PAGE)
    assert [heading.text for heading in found.headings] == ["News", "Ferries stay in port", "More"]
    assert [title.text for title in found.tagged["title"]] == ["Ferries", "A ship"]
    assert [len(found.tagged[tag]) for tag in ("a", "base", "link", "time")] == [1, 0, 1, 1]


def test_names_are_kept_and_marks_of_authors_need_none() -> None:
    found = find_elements(PAGE)
    assert [(each.tag, name) for each, name in found.named] == [
        ("span", None),
        ("a", None),
        ("p", ""),
    ]
    assert [mark for _, mark in found.marked] == ["headline", "author", "datePublished"]
