"""Whose channel an address on a platform is."""

import pytest

from schemas.hosting import HOSTED_BY_PATH
from schemas.outlets import Outlet, build_registry
from tasks.normalize.outlets.channels import hosted_channel
from tasks.normalize.outlets.hosts import PLATFORM_OF_HOST, is_shared_host
from tasks.normalize.outlets.resolve_outlet import resolve_outlet


@pytest.mark.parametrize(
    ("url", "channel"),
    [
        ("https://t.me/s/examplenews/12", "t.me/examplenews"),
        ("https://telegram.me/ExampleNews", "t.me/examplenews"),
        ("https://m.facebook.com/ExampleNews/posts/1", "facebook.com/examplenews"),
        ("https://az-az.facebook.com/examplenews/", "facebook.com/examplenews"),
        ("https://www.facebook.com/groups/1234/posts/5", "facebook.com/groups/1234"),
        ("https://www.youtube.com/@ExampleNews/videos", "youtube.com/@examplenews"),
        ("https://youtube.com/channel/UCaB-1_2", "youtube.com/channel/UCaB-1_2"),
        ("https://www.youtube.com/c/examplenews", "youtube.com/examplenews"),
        ("https://www.instagram.com/examplenews/p/abc/", "instagram.com/examplenews"),
        (
            "https://www.linkedin.com/company/example-news/posts",
            "linkedin.com/company/example-news",
        ),
        ("https://de.linkedin.com/in/a-writer", "linkedin.com/in/a-writer"),
        ("https://dzen.ru/examplenews?share=1", "dzen.ru/examplenews"),
        ("https://dzen.ru/id/5f1e", "dzen.ru/id/5f1e"),
        ("https://zen.yandex.ru/media/examplenews/old-bridge-1", "dzen.ru/examplenews"),
        ("https://twitter.com/ExampleNews/status/1", "x.com/examplenews"),
        ("https://vk.com/examplenews?w=wall-12_3", "vk.com/examplenews"),
        ("https://vk.com/wall-12_3", "vk.com/club12"),
        ("https://vk.com/public12", "vk.com/club12"),
        ("https://vk.com/@examplenews-old-bridge", "vk.com/examplenews"),
        ("https://ok.ru/group/5512/topic/1", "ok.ru/group/5512"),
        ("https://medium.com/@writer/old-bridge-abc", "medium.com/@writer"),
        ("https://medium.com/harbour-notes/old-bridge-abc", "medium.com/harbour-notes"),
        ("https://sites.google.com/view/harbour-notes/home", "sites.google.com/harbour-notes"),
        ("https://bsky.app/profile/news.example.com/post/3k", "bsky.app/news.example.com"),
        ("https://www.threads.net/@examplenews/post/C1", "threads.net/@examplenews"),
        ("https://www.youtube.com/@%D0%BF%D0%BE%D1%80%D1%82", "youtube.com/@порт"),
    ],
)
def test_a_channels_page_names_it(url: str, channel: str) -> None:
    assert hosted_channel(url) == channel


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=abc",
        "https://www.youtube.com/shorts/abc",
        "https://www.facebook.com/permalink.php?story_fbid=1&id=2",
        "https://m.facebook.com/story.php?story_fbid=1&id=2",
        "https://www.facebook.com/watch/?v=1",
        "https://www.facebook.com/reel.php",
        "https://www.instagram.com/p/abc/",
        "https://www.instagram.com/reel/abc/",
        "https://www.linkedin.com/pulse/old-bridge-a-writer-x1",
        "https://www.linkedin.com/posts/a-writer_bridge-activity-1",
        "https://dzen.ru/a/abc",
        "https://dzen.ru/b/abc",
        "https://telegra.ph/Old-bridge-03-05",
        "https://t.me/joinchat/abc",
        "https://t.me/+abc",
        "https://x.com/i/web/status/1",
        "https://www.tiktok.com/t/abc",
        "https://substack.com/home/post/p-1",
        "https://help.x.com/en",
        "https://vk.com/",
        "https://medium.com/p/abc",
        "https://t.me/two words",
        "https://example.com/a",
    ],
)
def test_a_page_that_does_not_say_whose_it_is_gives_none(url: str) -> None:
    assert hosted_channel(url) is None


def test_what_a_platforms_post_does_not_say_is_null() -> None:
    found = resolve_outlet((), "https://www.youtube.com/watch?v=abc", (), "en", None)
    assert (found.outlet_id, found.name, found.country) == (None, None, None)
    assert found.domain == "youtube.com"


def test_a_platforms_country_is_not_its_channels() -> None:
    found = resolve_outlet((), "https://ok.ru/examplenews/topic/1", (), "az", None)
    assert (found.outlet_id, found.domain) == ("~ok.ru/examplenews", "ok.ru")
    assert found.country is None


@pytest.mark.parametrize("domain", ["twitter.com/examplenews", "x.com/examplenews"])
def test_a_registry_may_write_either_host_of_a_platform(domain: str) -> None:
    outlet = Outlet(outlet_id="example-news", name="Example News", domains=(domain,))
    registry = build_registry([[outlet]], "digest")
    for host in ("x.com", "twitter.com", "mobile.twitter.com"):
        found = resolve_outlet((), f"https://{host}/ExampleNews/status/1", (), "en", registry)
        assert found.outlet_id == "example-news"


def test_every_platforms_host_is_shared() -> None:
    assert all(map(is_shared_host, PLATFORM_OF_HOST))
    assert set(PLATFORM_OF_HOST.values()) == set(HOSTED_BY_PATH)
