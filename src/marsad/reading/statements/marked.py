"""Frames whose content stands before the cue or behind a title's colon: headlines, trailing and resuming clauses."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.lexicon.cues import CueRow
from marsad.reading.statements.frame import Frame, word_start
from marsad.reading.statements.view import View
from marsad.text.document import Token

MAX_HEAD = 12
"""Tokens before the colon of a headline at most."""


def headline_frames(view: View) -> Iterator[Frame]:
    """«X: …» at the start of a heading or of the text's first sentence."""
    tokens = view.tokens
    for sentence in view.document.sentences:
        if not (sentence.heading or sentence.index == 0):
            continue
        colon = next(
            (k for k in range(sentence.first, min(sentence.last, sentence.first + MAX_HEAD)) if tokens[k].norm == ":"),
            -1,
        )
        if colon <= sentence.first or colon + 1 >= sentence.last:
            continue
        subject = view.phrase_at(sentence.first)
        if subject[1] != colon and view.mention_ending(colon) is None:
            continue
        mention = view.mention_at(sentence.first)
        head = tokens[sentence.first]
        short = sentence.heading and head.definite and colon - sentence.first <= 2
        if mention is None and not short and not {head.lemma, head.stem} & view.cues.documents:
            continue
        if (
            mention is not None
            and mention.kind == "state"
            and not any(t.pos == "VERB" or view.quote_at(t) for t in tokens[colon + 1 : sentence.last])
        ):
            continue
        if any({t.norm, t.stem} & view.cues.context["bylines"] for t in tokens[colon + 1 : colon + 5]):
            continue
        token = tokens[colon]
        frame = Frame(
            "headline",
            "STATE",
            "headline",
            colon,
            token.start,
            token.end,
            "clause",
            colon + 1,
            tokens[colon + 1].start,
            sentence.index,
        )
        frame.subject, frame.side, frame.clause = (sentence.first, colon), "before", sentence.first
        yield frame


def trailing_frames(view: View, taken: set[int]) -> Iterator[Frame]:
    """«"…"، قال الوزير»: a reporting verb after its quotation."""
    tokens = view.tokens
    for quote in view.document.quotes:
        if view.is_name_quote(quote):
            continue
        j = quote.last + (1 if quote.closed else 0)
        while j < len(tokens) and tokens[j].norm in ("،", ",", "-", "–"):
            j += 1
        if j >= len(tokens) or j in taken or tokens[j].proclitics:
            continue
        verb = tokens[j]
        rows = [
            r
            for key in sorted(verb.keys)
            if key[:2] == "v:"
            for r in view.cues.by_lemma.get(key[2:], ())
            if "quote" in r.takes
        ]
        if not rows or (verb.sentence != tokens[quote.last - 1].sentence and tokens[j - 1].norm not in ("،", ",")):
            continue
        if j + 1 >= len(tokens) or tokens[j + 1].pos == "PUNCT":
            continue
        subject = view.phrase_at(j + 1)
        row = rows[0]
        frame = Frame(
            row.id,
            row.act,
            "quote",
            j,
            verb.start,
            verb.end,
            "before",
            quote.first,
            quote.start,
            verb.sentence,
            row=row,
        )
        frame.subject, frame.side, frame.clause = subject, "after", j
        frame.content = [(quote.start, quote.end)]
        k = subject[1]
        while k < len(tokens) and tokens[k].norm in ("،", ",", ":", "-"):
            k += 1
        if k < len(tokens) and tokens[k].sentence == verb.sentence:
            second = view.quote_at(tokens[k])
            if second is not None and not view.is_name_quote(second):
                frame.content.append((second.start, second.end))
        yield frame


def closing_frames(view: View, taken: set[int]) -> Iterator[Frame]:
    """«الخطة لن تنجح، يضيف الكاتب.»: a reporting verb and its subject close a sentence that has no marks."""
    tokens = view.tokens
    for sentence in view.document.sentences:
        last = sentence.last
        while last > sentence.first and tokens[last - 1].norm in (".", "!", "؟", "..."):
            last -= 1
        for j in range(max(sentence.body + 4, last - 12), last - 1):
            verb = tokens[j]
            if tokens[j - 1].norm not in ("،", ",") or verb.pos != "VERB" or verb.proclitics or verb.enclitic:
                continue
            subject = view.phrase_at(j + 1)
            mention = view.mention_at(j + 1)
            if j in taken or view.blocked(j) or subject[1] != last or mention is None:
                continue
            rows = (r for lemma in view.words[j].verbs for r in view.cues.by_lemma[lemma] if "quote" in r.takes)
            row = next(rows, None)
            if row is None or not view.agrees(verb.gender, mention):
                continue
            first = sentence.body
            start = word_start(view.document.text, tokens[first])
            frame = Frame(row.id, row.act, "quote", j, verb.start, verb.end, "before", first, start, verb.sentence,
                          row=row)  # fmt: skip
            frame.subject, frame.side, frame.clause, frame.last = subject, "after", j, subject[1]
            frame.content, frame.origin = [(start, tokens[j - 2].end)], "closing"
            yield frame


def resumed_frames(view: View, taken: set[int]) -> Iterator[Frame]:
    """«الهدنة التي طالب بها الوزير»، «وهو اتهام تنفيه طهران»: the content is the antecedent of the clause."""
    tokens = view.tokens
    for i, (token, word) in enumerate(zip(tokens, view.words, strict=True)):
        if not word.verbs or i in taken or i == 0 or view.blocked(i):
            continue
        if token.definite or (token.pos != "VERB" and word.reading is None):
            continue
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        resumed = word.enclitic in ("ه", "ها", "هم") or (after is not None and after.enclitic in ("ه", "ها", "هم"))
        if not resumed or not (view.relative(tokens[i - 1]) or tokens[i - 1].pos in ("NOUN", "ADJ")):
            continue
        for lemma in word.verbs:
            row = next((r for r in view.cues.by_lemma[lemma] if _resumes(r, word.enclitic, after)), None)
            if row is None:
                continue
            last = i - 1 if view.relative(tokens[i - 1]) else i
            first, _ = view.phrase_ending(last)
            if first >= last:
                continue
            start = word_start(view.document.text, tokens[first])
            frame = Frame(
                row.id,
                row.act,
                "verb",
                i,
                word_start(view.document.text, token),
                token.end,
                "object",
                first,
                start,
                token.sentence,
                row=row,
            )
            frame.word, frame.side, frame.clause = word, "none", i
            frame.tense, frame.gender, frame.number = token.tense, token.gender, token.number
            j = i + 1
            if not word.enclitic and after is not None:
                frame.cue_end = after.end - len(after.enclitic) if after.enclitic else after.end
                j = i + 2
            mention = view.mention_at(j)
            if mention is not None:
                frame.subject, frame.side = (mention.first, mention.last), "after"
            frame.content = [(start, tokens[last - 1].end)]
            frame.resumed = True
            yield frame
            break


def _resumes(row: CueRow, enclitic: str, after: Token | None) -> bool:
    if enclitic:
        return "object" in row.takes and row.addressee is None
    return after is not None and (
        after.stem in row.takes or ((after.stem in ("ب", "ل", "به", "له")) and "ب" in row.takes)
    )
