"""The names of writers in Chinese, Japanese and Korean lines, which have no spaces between words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from cleaner.metadata.fields.author_labels import OTHERS, WRITERS, is_label, is_other_work, opening
from cleaner.metadata.fields.author_words import UNSPACED_GROUP_ENDINGS, UNSPACED_GROUPS
from cleaner.patterns import lazy_pattern
from cleaner.text.scripts import EAST_ASIAN, HAN, HANGUL, one_of

_BRACKETS = lazy_pattern(r"[|｜\[\]【】()（）［］〔〕\n]+")
_ADDRESS = lazy_pattern(r"\s*(?:=\s*)?\S{1,60}@\S{1,60}")
# "[Name，paper]": the whole line.
_NAME_AND_PAPER = lazy_pattern(
    r"\s*[\[【［]\s*([^\[\]【】［］，,、]{2,20})\s*[，,、／/][^\[\]【】［］，,、]{2,30}[\]】］]\s*"
)
# One person's several kinds of work: "文/图", "取材・文", "文、摄影".
_WORK = "取材|撮影|写真|構成|編集|文字|文章|文|图片|图|圖片|圖|図|摄影|攝影|摄|攝|撰文|采写|記者|记者"
_SEVERAL = lazy_pattern(rf"(?:{_WORK})(?:\s?[/／・·、&＆+＋]\s?(?:{_WORK})){{1,3}}")
_WRITES = lazy_pattern("文|取材|撰|采写|記者|记者")
_LABEL_IN_LINE = lazy_pattern(r"(?<!\w)([^\W\d_]{1,8})\s*([:：●◎＝=／/])\s*")
_REPORTER_BEFORE = lazy_pattern(
    r"^(?:本报|本報|本刊|本网|特约|見習|见习|实习|實習)?(?:记者|記者|通讯员|通訊員|기자|글|취재)\s*(?=\S)"
)
# "海城日报记者 林海涛"; without a space, only short names, because a sentence may begin in this way.
_REPORTER_OF_PAPER = lazy_pattern(rf"^[{HAN}]{{2,8}}(?:记者|記者)(?:\s+|(?=[{HAN}]{{2,3}}(?:[、，\s]|$)))")
_REPORTER_AFTER = lazy_pattern(r"\s*(?:기자|특파원|논설위원|記者|记者|特派員|特派员)$")
_BETWEEN = lazy_pattern(r"\s*[、，,;；/／&＆]\s*|\s*·\s*(?![ァ-ヺ])|\s+和\s+")
_PLACE = lazy_pattern(r"\s*[／/]\s*\S{2,8}?(?:報導|报道|電|电|連線|摄|攝)(?!\S)")
_MAX_NAME: Final = 12
# Particles and punctuation, and what a reporter does in a sentence.
_NO_NAME = lazy_pattern(
    "[のをはがにで的是从：:●。「」？！…]|介绍|获悉|了解|采访|探访|走访|报道|看到|表示|发现|来到|注意|現場|现场"
)


def names_in_line(line: str) -> list[str]:
    """Return the writers that a Chinese, Japanese or Korean line names by a label or a role; empty if it has none."""
    line = _ADDRESS.sub("", line) if "@" in line else line
    if (paper := _NAME_AND_PAPER.fullmatch(line)) and is_name(paper[1]):
        return [_SPACED_LETTERS.sub(r"\1\2", paper[1].strip())]
    line = _SEVERAL.sub(lambda work: "文" if _WRITES.search(work[0]) else "图", line)
    names: list[str] = []
    label_before: str | None = None  # a piece that is only a label: "【记者】林海涛"
    for piece in _BRACKETS.split(line):
        if is_label(piece.strip()):
            label_before = piece.strip().casefold()
            continue
        for label, value in _labelled(piece.strip(), label_before):
            label_before = None
            if label is not None and label not in WRITERS:
                continue
            before = _REPORTER_BEFORE.match(value) or _REPORTER_OF_PAPER.match(value)
            if label is None and before is None and not _REPORTER_AFTER.search(value):
                opened = opening(value)
                if opened is None or value[: opened.end].isascii():
                    continue
                value = value[opened.end :]
            value = value[before.end() :] if before else value
            names += [name for name in _names_in_value(value) if name not in names]
    return names


def _labelled(piece: str, label: str | None) -> Iterator[tuple[str | None, str]]:
    """Yield the parts of a line with their labels: "来源：日报 记者：林" has two. Without one, it is `label`."""
    marks = [
        mark
        for mark in _LABEL_IN_LINE.finditer(piece)
        if mark[2] not in "／/" or mark[1].casefold() in WRITERS or mark[1].casefold() in OTHERS
    ]
    start = 0
    for mark in marks:
        if piece[start : mark.start()].strip():
            yield label, piece[start : mark.start()].strip()
        label, start = mark[1].casefold(), mark.end()
    if piece[start:].strip():
        yield label, piece[start:].strip()


def _names_in_value(value: str) -> Iterator[str]:
    for part in _BETWEEN.split(_PLACE.sub("", value)):
        text = _REPORTER_AFTER.sub("", part).strip()
        text = text[before.end() :] if (before := _REPORTER_BEFORE.match(text)) else text
        if is_other_work(text):
            return  # "文 林海涛 图 王敏"
        words = _SPACED_LETTERS.sub(r"\1\2", text).split()
        if len(words) > 1 and one_of(HANGUL).search(text):
            words = words[:1] if _KOREAN_ROLE.match(words[1]) or words[1] in OTHERS else words
        is_hangul = one_of(HANGUL).search(text) is not None
        if len(words) > 1 and not is_hangul and all(len(word) > 1 for word in words) and max(map(len, words)) > 2:
            for index, word in enumerate(words):  # several names: those of Japanese have a space within them
                if word.casefold() in OTHERS:
                    return
                if is_name(word):
                    yield word
                elif index == 0:
                    return
        elif is_name(name := " ".join(words)) and not (is_hangul and len(words) > 1):
            yield name
        else:
            return


_KOREAN_ROLE = lazy_pattern("기자|특파원|인턴|객원|선임|전문|작가|교수|에디터|논설|수습")  # "김하나 인턴 기자"
_SPACED_LETTERS = lazy_pattern(rf"(?<!\S)([{HAN}])\s([{HAN}])(?!\S)")  # "刘 敏"


def is_name(name: str) -> bool:
    """Whether a Chinese, Japanese or Korean text can be the name of a person: short, and not that of a paper."""
    letters = "".join(name.split())
    if not 2 <= len(letters) <= _MAX_NAME or not one_of(EAST_ASIAN).fullmatch(letters[0]) or len(name.split()) > 3:
        return False
    if one_of(HANGUL).match(letters) and len(name.split()) > 2:
        return False
    if any(letter.isascii() or letter.isdigit() for letter in letters) or _NO_NAME.search(letters):
        return False
    return not is_group(letters)


def is_group(text: str) -> bool:
    """Whether a Chinese, Japanese or Korean text is the name of a paper, an agency or a desk."""
    return bool(_unspaced_group().search(text))


@cache
def _unspaced_group() -> re.Pattern[str]:
    return re.compile(rf"{UNSPACED_GROUPS}|(?<=[{HAN}]{{2}})(?:{UNSPACED_GROUP_ENDINGS})$")
