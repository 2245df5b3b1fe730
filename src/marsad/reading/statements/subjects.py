"""To the left of a cue: a subject before its verb, and where the cue's own clause begins."""

from __future__ import annotations

from marsad.lexicon.cues import load_cues
from marsad.reading.statements.frame import Frame
from marsad.reading.statements.view import View

_OPEN = frozenset("،,؛;-–—()[]…*")


class SubjectFinder:
    """Finds subjects that stand before their verbs."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.tokens = view.document.tokens
        context = load_cues().context
        self.negators = context["negators"]
        self.adjuncts = context["adjuncts"]
        self.adverbs = context["adverbs"]
        self.breaks = context["breaks"]

    def find(self, frame: Frame) -> None:
        """Find a subject to the left of the cue (SVO, «كان X قد قال», «الذي قال», «لكنه قال») and the clause start."""
        view, tokens, i = self.view, self.tokens, frame.cue
        lower = view.floor(i)
        j = i - 1
        if frame.how == "noun":
            frame.clause = i
            return
        joined = frame.word.joined
        if frame.how == "participle" or joined:
            frame.clause, frame.joined = i, True
            if joined or frame.how == "participle":
                return
        while j >= lower and (tokens[j].stem in self.negators or tokens[j].stem in ("قد", "لقد", "كان")):
            j -= 1
        if (j >= lower and tokens[j].enclitic and tokens[j].stem in ("لكن", "ان", "كان")) or (
            j >= lower and tokens[j].stem in ("هو", "هي", "هم")
        ):
            frame.side, frame.subject, frame.clause = "clitic", None, j
            self._clause_start(frame, j, lower)
            return
        k = j
        if k >= lower and view.relative(tokens[k]):
            mention = view.mention_ending(k)
            if mention is None and k > lower and tokens[k - 1].pos in ("PUNCT", "ADJ"):
                mention = view.mention_ending(k - 1)
                if mention is not None and tokens[k].norm == "التي" and mention.gender == "m":
                    mention = None  # «زار الوزير المدن التي …»: the noun between is the antecedent
            frame.side = "relative"
            frame.clause = k
            if mention is not None:
                if mention.kind != "place":
                    frame.subject = (mention.first, mention.last)
            elif k > lower and tokens[k - 1].pos in ("NOUN", "ADJ", "NAME"):
                phrase = view.phrase_ending(k)
                # «الأنفاق التي تقول إن …»: somebody else speaks
                if tokens[k].norm != "التي" or {tokens[phrase[0]].lemma, tokens[phrase[0]].stem} & view.cues.documents:
                    frame.subject = phrase
            return
        if k >= lower and tokens[k].norm in ("ما", "عما", "مما", "بما", "لما") and frame.how == "verb":
            frame.side, frame.clause = "relative", k
            return
        # adverbs, parentheses and adjuncts between subject and verb
        steps = 0
        while k >= lower and steps < 25:
            steps += 1
            mention = view.mention_ending(k + 1)
            if mention is not None and mention.first >= lower:
                first = max(view.joined_first(mention), lower)
                if self._may_precede(frame, first, k):
                    frame.subject, frame.side = (first, mention.last), "before"
                    self._clause_start(frame, first, lower)
                return
            if tokens[k].norm in _OPEN or tokens[k].stem in self.adverbs or tokens[k].stem in ("قد", "كان", "كذلك"):
                k -= 1
                continue
            break
        self._clause_start(frame, i, lower)

    def _may_precede(self, frame: Frame, first: int, k: int) -> bool:
        """A mention before the verb is its subject when it opens the clause (not the object of a preposition)."""
        tokens = self.tokens
        mention = self.view.mention_ending(k + 1)
        alone = mention is not None and mention.first == first
        if alone and not self.view.agrees_before(frame.gender, frame.number, mention):
            return False
        head = tokens[first]
        if head.proclitics and head.proclitics[-1] in "بلك":
            return False
        if first == 0:
            return True
        previous = tokens[first - 1]
        if previous.stem in self.adjuncts and not previous.definite:
            return previous.stem in ("بين",)
        return True

    def _clause_start(self, frame: Frame, first: int, lower: int) -> None:
        """Move left over conjunctions and clause openers; notes whether the clause is coordinated."""
        tokens = self.tokens
        j = first
        if tokens[j].proclitics and tokens[j].proclitics[0] in "وف":
            frame.joined = True
        while j - 1 >= lower:
            previous = tokens[j - 1]
            if previous.stem in self.breaks or previous.norm in self.breaks:
                frame.joined = True
            elif not (previous.stem in self.adverbs or previous.norm in ("في", "حين", "من", "جانبه", "جهته")):
                break
            j -= 1
        frame.clause = j
