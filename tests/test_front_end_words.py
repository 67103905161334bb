"""What Streamlit's front end says is known, all of it: translated, or never shown here.

Read from the scripts of the installed version, so that an upgrade that says something new is noticed.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS_JS = (ROOT / "lib" / "assets" / "words.js").read_text(encoding="utf-8")
# The front end's own scripts that a page here loads; the rest are libraries and controls not used.
USED = (
    "ArrowVegaLiteChart", "BaseButton", "Button", "ButtonGroup", "Checkbox", "DataFrame", "DateInput",
    "DownloadButton", "ErrorElement", "FileUploader", "InputInstructions", "Json", "LinkButton",
    "MenuButton", "Metric", "Multiselect", "Progress", "Radio", "ReadOnlyGrid", "Selectbox", "Spinner",
    "Table", "TextArea", "TextInput", "Toast", "Toolbar", "Tooltip", "UploadFileInfo", "index", "requiredField",
    "useCopyToClipboard",
)  # fmt: skip
# Where a word stands that people see or hear.
SHOWN = re.compile(
    r"(?:\"aria-label\"|\"aria-description\"|\b(?:title|placeholder|children|label|message|tooltip|alt|header))"
    r":`([A-Z][^`$]*[a-z][^`$]*)`"
)
NEVER = {
    # Menus and windows for who develops: `toolbarMode = "minimal"`, `fileWatcherType = "none"`.
    "About", "Always rerun", "Ask ChatGPT", "Ask Google", "Auto rerun", "Clear cache", "Clear caches",
    "File change.", "Get help", "Learn more", "Report a bug", "Script execution error", "Traceback:",
    "Don't show again", "Failed to install skills.", "Skills installed", "Try again",
    "Deploy", "Deploy now", "Deploy on your own hardware or cloud service", "Deploy this app using...",
    "Deploy unlimited private apps with role-based sharing", "Deploy unlimited public apps",
    "Enterprise-level security, support, and fully managed infrastructure",
    "Explore and learn from Streamlit’s community and popular apps", "For community, always free",
    "For custom deployment", "For enterprise", "For personal hobbies and learning",
    "Integrate with Snowflake’s full data stack", "Other platforms",
    "Please commit the latest changes and push to GitHub to continue.",
    "Set up and maintain your own authentication, resources, and costs", "Snowflake", "Start trial",
    "Streamlit Community Cloud", "This Git tree is in a detached HEAD state.", "Unable to deploy",
    # Its recorder of the screen.
    "Also record audio", "Next steps", "Preview your video below:", "Record a screencast", "Save video to disk",
    "Start recording!", "Step 1", "Step 2", "Step 3", "WebM format",
    "Due to limitations with some browsers, this feature is only supported on recent desktop versions of Chrome, Firefox, and Edge.",
    "This will record a video with the contents of your screen, so you can easily share what you're seeing with others.",
    # Columns and decorations that no page has.
    "Alien Monster", "Alt", "Audio player", "Button action menu", "Edit markdown content", "Enter markdown text...",
    "Happy", "Markdown content", "Rename", "Video player",
}  # fmt: skip
# Said by the server, whose words the front end passes on.
PASSED_ON = {"Failed to generate file for download"}


@cache
def scripts() -> dict[str, str]:
    """The front end's scripts, by file name."""
    folder = files("streamlit") / "static" / "static" / "js"
    return {
        p.name: p.read_text(encoding="utf-8") for p in folder.iterdir() if p.name.endswith(".js")
    }


def said() -> set[str]:
    """What the scripts in use say, as far as it is written out in them."""
    used = (text for name, text in scripts().items() if name.partition(".")[0] in USED)
    return {words.strip() for text in used for words in SHOWN.findall(text)}


def translated() -> dict[str, str]:
    """The words of `words.js`, by what they replace."""
    block = WORDS_JS[WORDS_JS.index("const WORDS") : WORDS_JS.index("const PATTERNS")]
    return dict(re.findall(r'"((?:[^"\\]|\\.)+)":\s*"([^"]+)"', block))


def patterns() -> list[re.Pattern[str]]:
    """The patterns of `words.js`."""
    block = WORDS_JS[WORDS_JS.index("const PATTERNS") : WORDS_JS.index("const FAILURES")]
    return [
        re.compile(found.replace("[^]", r"[\s\S]")) for found in re.findall(r"\[/(.+)/, ", block)
    ]


def test_everything_the_front_end_says_is_translated_or_never_shown() -> None:
    known = {*translated(), *NEVER}
    unknown = {
        words
        for words in said()
        if words not in known and not any(p.search(words) for p in patterns())
    }
    assert unknown == set()


def test_nothing_is_listed_that_the_front_end_does_not_say() -> None:
    every = "\n".join(scripts().values())
    stale = {words for words in {*translated(), *NEVER} - PASSED_ON if words not in every}
    assert stale == set()


def test_every_translation_is_chinese() -> None:
    kept = {"Esc", "Tab", "PNG", "CSV"}
    assert {w for w in translated().values() if not re.search("[一-鿿]", w)} <= kept
