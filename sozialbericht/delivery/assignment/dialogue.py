"""Dialogue: what a delivery leaves open, asked in German with a guess, taken from options, or told as faults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sozialbericht.data.faultlist import quoted
from sozialbericht.data.reading import parsing
from sozialbericht.data.reading.parsing import CellError
from sozialbericht.delivery.assignment.likeness import Guess
from sozialbericht.delivery.assignment.officefile import WITHOUT
from sozialbericht.delivery.cells.areanames import Match
from sozialbericht.delivery.cells.moments import Moment
from sozialbericht.faults import Fault, InputError

#: From such a likeness, with such a lead over the next, a name of an area is proposed.
NEAR, LEAD = 85.0, 5.0


@dataclass
class Dialogue:
    """Answers to what a delivery leaves open.

    ``ask`` puts a question to a person (None: nobody is there), ``say`` tells. ``taken`` (``--yes``) lets guesses hold
    without a question. ``answers`` come from options: label, spelling or file name to merkmal, raum_id, date or *ohne*.
    """

    features: Mapping[str, str]
    areas: Mapping[str, str]
    ask: Callable[[str], str] | None = None
    say: Callable[[str], None] = print
    taken: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    asked: int = 0
    open: list[Fault] = field(default_factory=list)

    def name(self, proposal: str, place: str) -> str:
        """What the source is called in the project."""
        from sozialbericht.delivery.assignment.officefile import NAME

        if self.taken or self.ask is None:
            return proposal
        while True:
            answer = self._put(f"Kurzer Name der Stelle, von der {place} kommt [{proposal}]: ") or proposal
            if NAME.fullmatch(answer):
                return answer
            self.say("Erlaubt sind kleine Buchstaben, Ziffern und _; am Anfang ein Buchstabe.")

    def label(self, guess: Guess, place: str, samples: Sequence[str]) -> str:
        """The merkmal under a heading, or *ohne*."""
        if told := self._told(guess.label, {**self.features, WITHOUT: ""}, "Ein Merkmal"):
            return told
        if guess.sure or self.taken:
            return guess.taken or WITHOUT
        options = [(key, f"{self.features[key]} ({round(score)} %)") for key, score in guess.options]
        question = f"{place}: Was steht unter {quoted(guess.label)} (z. B. {'; '.join(samples)})?"
        return self._chosen(question, guess.label, options, guess.taken or WITHOUT, self.features)

    def area(self, spelling: str, match: Match, place: str) -> str:
        """The area that a spelling means, or *ohne*."""
        if told := self._told(spelling, {**self.areas, WITHOUT: ""}, "Ein Gebiet"):
            return told
        near = [(area, score) for area, score in match.nearest if area in self.areas][:3]
        clear = bool(near) and near[0][1] >= NEAR and (len(near) < 2 or near[0][1] - near[1][1] >= LEAD)
        guess = near[0][0] if clear else WITHOUT
        if self.taken:
            return guess
        options = [(area, f"{self.areas[area]} ({round(score)} %)") for area, score in near]
        return self._chosen(f"{place}: Welches Gebiet ist {quoted(spelling)}?", spelling, options, guess, self.areas)

    def moment(self, file: str, place: str, why: str) -> dt.date | None:
        """The date of a file that says none; None where it stays open."""
        told = self.answers.get(file) or self.answers.get("stichtag")
        while True:
            if told is None:
                if self.ask is None or self.taken:
                    what = f"Auf welchen Stichtag sich die Zahlen beziehen, ist nicht zu erkennen{why}."
                    self.open.append(Fault(place, what, "Mit --date TT.MM.JJJJ angeben."))
                    return None
                told = self._put(f"{place}: Auf welchen Stichtag beziehen sich die Zahlen{why}? (TT.MM.JJJJ): ")
            try:
                return parsing.date(told)
            except CellError as error:
                if self.ask is None or "stichtag" in self.answers or file in self.answers:
                    raise InputError([Fault("--date", error.what, error.remedy)]) from None
                self.say(f"{error.what} {error.remedy}")
                told = None

    def date(self) -> Moment | None:
        """The date that an option says for everything; raises :class:`InputError` where it is none."""
        if "stichtag" not in self.answers:
            return None
        try:
            return Moment("stichtag", parsing.date(self.answers["stichtag"]))
        except CellError as error:
            raise InputError([Fault("--date", error.what, error.remedy)]) from None

    def settled(self) -> None:
        """Raise :class:`InputError` with every question that nobody has answered."""
        if self.open:
            raise InputError(self.open)

    def _told(self, key: str, allowed: Mapping[str, str], what: str) -> str:
        """The answer of an option; raises :class:`InputError` where it names nothing that there is."""
        answer = self.answers.get(key, "")
        if answer and answer not in allowed:
            from sozialbericht.data.faultlist import similar

            raise InputError([Fault("--set", f"{what} {quoted(answer)} gibt es nicht.", similar(answer, allowed))])
        return answer

    def _chosen(
        self, question: str, key: str, options: Sequence[tuple[str, str]], proposal: str, allowed: Mapping[str, str]
    ) -> str:
        """What a person chooses; an open fault where nobody is there."""
        if self.ask is None:
            likely = f" Wahrscheinlich: {', '.join(f'{name} {told}' for name, told in options)}." if options else ""
            remedy = f'Mit --set "{key}={proposal}" angeben, oder mit --yes den Vorschlag übernehmen.{likely}'
            self.open.append(Fault(question.partition(": ")[0], question.partition(": ")[2], remedy))
            return WITHOUT
        self.say(question)
        for number, (name, told) in enumerate(options, start=1):
            self.say(f"  {number}  {name}  {told}")
        self.say("  0  nicht übernehmen")
        marked = next((str(n) for n, (name, _) in enumerate(options, start=1) if name == proposal), "0")
        while True:
            answer = self._put(f"  Nummer oder Schlüssel [{marked}]: ") or marked
            if answer in ("0", WITHOUT):
                return WITHOUT
            if answer.isdecimal() and int(answer) <= len(options):
                return options[int(answer) - 1][0]
            if answer in allowed:
                return answer
            self.say(f"{quoted(answer)} gibt es nicht.")

    def _put(self, question: str) -> str:
        """A question and its answer."""
        assert self.ask is not None
        self.asked += 1
        return " ".join(self.ask(question).split())
