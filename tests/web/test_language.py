"""The switch between Chinese and English: chosen by the reader, never by the browser."""

import pytest
from django.test import Client
from django.utils import translation

from junheng.basics import Text

pytestmark = pytest.mark.django_db


def test_a_browser_set_to_english_reads_chinese() -> None:
    page = Client(headers={"accept-language": "en-US"}).get("/account/login/", follow=True)
    assert 'lang="zh-Hans"' in page.text
    assert "登录" in page.text


def test_the_switch_is_kept_and_can_be_taken_back() -> None:
    client = Client()
    assert client.post("/language", {"language": "en", "next": "/account/login/"}).status_code == 302
    page = client.get("/account/login/")
    assert '<html lang="en">' in page.text
    assert "Skip to content" in page.text
    assert "跳到正文" not in page.text
    client.post("/language", {"language": "zh-hans", "next": "/account/login/"})
    assert "跳到正文" in client.get("/account/login/").text


def test_the_switch_leads_nowhere_outside() -> None:
    answer = Client().post("/language", {"language": "en", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


def test_pairs_read_in_the_language_of_whoever_looks() -> None:
    from junheng.web.front.templatetags.say import told
    from junheng.web.front.words import half, pair

    label = pair("学校", "school")
    assert str(label) == "学校"
    with translation.override("en"):
        assert str(label) == "school"
        assert half(Text("县", "county")) == told({"zh": "县", "en": "county"}) == "county"
