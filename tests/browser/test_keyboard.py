"""Everything by keys: views, search, lists, dialogs, language and theme."""

from playwright.sync_api import expect
from tests.browser.browsing import Visit


def test_pinyin_initials_find_a_target_and_enter_opens_it(visit: Visit) -> None:
    page = visit.open("/?lang=zh")

    page.keyboard.press("Control+k")
    page.keyboard.type("xxjf")  # 学校交付
    expect(page.locator("[role=option] >> nth=0")).to_contain_text("学校交付")
    page.keyboard.press("Enter")

    page.wait_for_selector("[data-target-page]")
    assert page.locator("dialog").count() == 0
    assert "学校交付" in page.inner_text("[data-target-page] h1")


def test_search_that_finds_nothing_says_what_to_do(visit: Visit) -> None:
    page = visit.open("/?lang=en")
    page.keyboard.press("/")
    page.keyboard.type("zzzzzzzz")

    expect(page.locator("dialog")).to_contain_text("Try other words")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def test_digits_open_the_views(visit: Visit) -> None:
    page = visit.open("/?lang=zh")
    for key, view in (("2", "plan"), ("3", "projects"), ("4", "map"), ("1", "overview")):
        page.keyboard.press(key)
        page.wait_for_selector(f"main[data-view={view}]")


def test_letters_move_through_projects(visit: Visit) -> None:
    page = visit.open("/projects?lang=zh")

    page.focus("[role=region][tabindex='0']")
    page.keyboard.press("j")
    page.wait_for_selector("[data-case]")
    first = page.get_attribute("[data-case]", "data-case")
    page.keyboard.press("j")
    page.wait_for_selector(f"[data-case]:not([data-case='{first}'])")
    page.keyboard.press("k")
    page.wait_for_selector(f"[data-case='{first}']")
    page.keyboard.press("Escape")
    expect(page.locator("[data-case]")).to_have_count(0)


def test_letters_move_through_targets_and_enter_opens(visit: Visit) -> None:
    page = visit.open("/plan?lang=en")

    page.focus("[data-line=T004] a")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")

    page.wait_for_selector("[data-target-page=T005]")


def test_keys_in_a_field_are_letters(visit: Visit) -> None:
    page = visit.open("/plan?lang=en")

    page.fill("input[type=search]", "")
    page.focus("input[type=search]")
    page.keyboard.type("t l 3 ?")

    assert page.locator("main[data-view=plan]").count() == 1
    assert page.locator("dialog").count() == 0
    assert "lang=en" in page.url


def test_help_opens_by_key_and_focus_stays_inside(visit: Visit) -> None:
    page = visit.open("/?lang=en")
    page.keyboard.press("?")
    page.wait_for_selector("dialog")

    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        )


def test_first_tab_skips_to_the_content(visit: Visit) -> None:
    page = visit.open("/?lang=en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_map_is_moved_by_keys(visit: Visit) -> None:
    page = visit.open("/map?lang=en", with_map=True)
    before = page.evaluate("window.zonetwin.map.getCenter().lng")

    page.focus(".maplibregl-canvas")
    page.keyboard.press("ArrowRight")

    visit.until(f"window.zonetwin.map.getCenter().lng > {before}")
