"""Feeds as publishing systems write them."""

PARAGRAPHS = "".join(
    f"<p>The harbour of Norwick opens on Monday, said engineer {name}, after works of two years "
    "that cost the town 14 million euros and closed the quay to all but the ferry.</p>"
    for name in ("Oke", "Brandt", "Silva", "Novak")
)

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">
<channel><title>The Norwick Post</title><link>https://post.example/</link>
<item>
  <title>Harbour opens &amp;amp; ferry returns</title>
  <link>https://feeds.example/~r/post/1</link>
  <feedburner:origLink>https://post.example/harbour</feedburner:origLink>
  <dc:creator><![CDATA[Ada Holm]]></dc:creator>
  <pubDate>Sat, 02 Mar 2024 10:20:30 +0100</pubDate>
  <description><![CDATA[The harbour of Norwick opens on Monday. [&#8230;]]]></description>
  <content:encoded><![CDATA[{PARAGRAPHS}
<p>The post <a href="https://post.example/harbour">Harbour opens</a> appeared first on
<a href="https://post.example">The Norwick Post</a>.</p>]]></content:encoded>
</item>
<item>
  <title>Only a line</title><link>https://post.example/line</link>
  <description>The council met on Friday and talked about the quay.</description>
</item>
<item>
  <title>Whole in its description</title>
  <guid>https://post.example/whole</guid>
  <author>desk@post.example (Ben Ito)</author>
  <description><![CDATA[{PARAGRAPHS * 2}]]></description>
</item>
<item>
  <title>Cut</title><link>https://post.example/cut</link>
  <content:encoded>
    <![CDATA[{PARAGRAPHS}<p><a href="/cut">Continue reading</a></p>]]>
  </content:encoded>
</item>
<item><title>Nothing</title><link>https://post.example/nothing</link></item>
</channel></rss>
"""

ATOM = f"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://blog.example/">
<title>Quay notes</title>
<entry>
  <title type="html">Ferry &lt;em&gt;returns&lt;/em&gt;</title>
  <link rel="self" href="https://blog.example/api/1"/>
  <link href="ferry"/>
  <published>2024-03-02T10:20:30Z</published><updated>2024-03-05T08:00:00Z</updated>
  <author><name>Ada Holm</name></author><author><name>Ben Ito</name></author>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{PARAGRAPHS}</div></content>
</entry>
<entry>
  <title>Plain</title><link rel="alternate" href="https://blog.example/plain"/>
  <updated>2024-03-05T08:00:00Z</updated>
  <content>The quay was closed at noon. It opens again tomorrow.</content>
</entry>
<entry>
  <title>Elsewhere</title><link href="https://blog.example/elsewhere"/>
  <updated>2024-03-05T08:00:00Z</updated>
  <content type="text/html" src="https://blog.example/elsewhere"/>
  <summary>A short summary.</summary>
</entry>
</feed>
"""

RSS_1 = f"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
         xmlns:dc="http://purl.org/dc/elements/1.1/"
         xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="https://post.example/"><title>Post</title></channel>
<item rdf:about="https://post.example/rdf">
  <title>From RDF</title><link>https://post.example/rdf</link><dc:date>2024-03-02T10:20:30Z</dc:date>
  <content:encoded><![CDATA[{PARAGRAPHS}]]></content:encoded>
</item>
</rdf:RDF>
"""
