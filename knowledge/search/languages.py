"""What a language adds: how its words are stemmed, and which of them say nothing. Pure."""

from __future__ import annotations

import threading
from functools import lru_cache

import snowballstemmer

# ISO 639-1 to Snowball's names; the rest is searched by its raw words.
_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch",
    "nb": "norwegian", "nn": "norwegian", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

# Folded words that a question needs and an answer doesn't. 'not', 'without', 'between' and the like
# stay searchable: they change what is meant.
_STOP = {
    "en": """a about am an and any anything are as at be been being but by can cannot could did do
    does doing done for from get gets go had has have having he her here his how i if in into is it
    its just know let like many me mean means mine much must my need of on or our ought please s
    say shall she should so some someone something t tell than that the their them then there these
    they this those to too us very was way we were what whats when where which while who whom
    whose why will with would you your don doesn isn aren can't don't doesn't isn't what's how's
    i'm it's find tell explain want show""",
    "it": """a ad agli ai al alla alle allo anche c che chi ci come con cosa cui d da dagli dai dal
    dalla dalle dallo degli dei del dell della delle dello di dove e ed era essere fa gli ha hanno
    ho i il in io l la le lei lo loro lui ma mi mio ne nei nel nell nella nelle nello noi o per
    perche piu puo qual quale quali quando quanto quello questa queste questi questo s se sei si
    sia sono su sua sue sugli sui sul sull sulla sulle suo ti tra tu tuo un una uno un' vi voi""",
    "es": """a al algo como con cual cuales cuando cuanto de del donde e el ella ellos en entre era
    es esa ese eso esta estas este esto estos fue ha han hay la las le les lo los mas me mi muy ni
    o os para pero por porque que quien se ser si sin sobre son su sus te tu tus un una uno unos
    y ya yo""",
    "fr": """a ai as au aux avec c ce ces cet cette comment d dans de des du elle elles en est et
    etre eux fait il ils j je l la le les leur leurs lui m ma mais me mes moi mon n ne nos notre
    nous on ont ou par pas plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa
    se ses si son sont sur t ta te tes toi ton tu un une vos votre vous y""",
    "de": """aber als am an auch auf aus bei bin bis bist da das dass dem den der des dich die dies
    diese diesem diesen dieser dieses doch du durch ein eine einem einen einer eines er es fur hat
    habe haben ich ihr ihre im in ist ja kann man mein mich mir mit nach noch nur ob oder sein
    seine sich sie sind so uber um und uns vom von vor wann warum was welche welcher welches wenn
    wer werden wie wir wird wo wozu zu zum zur""",
    "pt": """a ao aos as ate com como da das de do dos e ela eles em entre era essa esse esta este
    eu foi ha isso isto ja lhe mais mas me mesmo meu minha muito na nas nem no nos o onde os ou
    para pela pelo por porque qual quando que quem se sem ser seu seus sua suas tem um uma voce""",
    "nl": """aan al als bij dan dat de der deze die dit door een en er het hij hoe ik in is je kan
    me met mijn naar niet nog nu of om ook op over te tot uit van voor waar waarom was wat we wel
    welke wie wij wordt ze zich zijn zo""",
    "ru": """а без был быть в вам вас во вот все вы где да для до его ее если есть же за и из или
    им их к как какая какие какой когда кто ли меня мне мы на над не него нет но о об он она они
    оно от по под при с со так там то тоже ты у уже чем что чтобы это этот я""",
    "sv": """alla att av den det de du en ett for fran han hon hur i ar inte jag kan med men mig
    min nar och om pa sa sig sin som till under upp ut vad var vem vi vid vilka vilken""",
}  # fmt: skip


@lru_cache(maxsize=16)
def stop_words(language: str) -> frozenset[str]:
    """The folded stop words of a BCP 47 tag; none where the language has no list."""
    return frozenset(_STOP.get(language.split("-")[0].lower(), "").split())


class Stemmer:
    """Stems folded words of one language, each once: Snowball in Python takes 20 µs a word."""

    def __init__(self, language: str) -> None:
        name = _SNOWBALL.get(language.split("-")[0].lower())
        self._snowball = snowballstemmer.stemmer(name) if name else None
        self._lock = threading.Lock()
        self._known: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """The stem, or the word itself where it has none (digits, signs, very short)."""
        if self._snowball is None or len(word) < 4 or not word.isalpha():
            return word
        stem = self._known.get(word)
        if stem is None:
            # Snowball's stemmers hold the word that they work on: one at a time.
            with self._lock:
                stem = self._snowball.stemWord(word)
            if len(self._known) > 50_000:
                self._known.clear()
            self._known[word] = stem
        return stem


@lru_cache(maxsize=16)
def stemmer(language: str) -> Stemmer:
    return Stemmer(language)
