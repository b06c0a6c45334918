"""Every problem speaks English and Chinese, of the same facts."""

import string

import pytest

from infra.problems import SENTENCES, Problem


def facts(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", SENTENCES)
def test_both_sentences_tell_the_same_facts(code: str) -> None:
    english, chinese = SENTENCES[code]

    assert facts(english) == facts(chinese)
    assert english.isascii()
    assert not chinese.isascii()


@pytest.mark.parametrize(("language", "word"), [("zh_CN.UTF-8", "端口"), ("en_GB.UTF-8", "Port"), ("C", "Port")])
def test_the_sentence_follows_the_language_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, language: str, word: str
) -> None:
    monkeypatch.setenv("LC_ALL", language)

    assert str(Problem("port_taken", port=1, option="--port")).startswith(word)
