"""What MkDocs runs while it builds the site: documents that are not in docs/ become pages, and links follow them."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

ROOT = Path(__file__).parent.parent
# Each document outside of docs/, and the page that it becomes.
PAGES = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CODE_OF_CONDUCT.md": "code-of-conduct.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "fixtures/README.md": "fixtures.md",
    "training/MODEL_CARD.md": "model-card.md",
    "training/TAGS_CARD.md": "tags-card.md",
}
_DOCUMENTS = {page: document for document, page in PAGES.items()}
# A link to a path, not to a URL with a scheme, and not only an anchor.
_LINK = re.compile(r"\[([^]\[]*)\]\(([^)#:\s]+)(#[^)\s]*)?\)")


def on_files(files: Any, config: Any) -> Any:
    """Add the documents that are not in docs/."""
    for document, page in PAGES.items():
        files.append(File.generated(config, page, content=(ROOT / document).read_text("utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Point links at pages. A link to a file of the repository that is not a page is replaced by its text."""
    here = page.file.src_uri
    folder = posixpath.dirname(_DOCUMENTS.get(here, f"docs/{here}"))

    def replaced(link: re.Match[str]) -> str:
        text, path, anchor = link[1], link[2], link[3] or ""
        target = posixpath.normpath(posixpath.join(folder, path))
        found = PAGES.get(target) or (target.removeprefix("docs/") if target.startswith("docs/") else None)
        if found is not None:
            return f"[{text}]({posixpath.relpath(found, posixpath.dirname(here) or '.')}{anchor})"
        return text if (ROOT / target).exists() else link[0]  # a dead link is left for MkDocs to report

    return _LINK.sub(replaced, markdown)
