"""Triggers and headings of other languages, added to those in English, which mix in everywhere."""

from __future__ import annotations

from knowledge.relations import contexts, patterns
from knowledge.relations.contexts import Context
from knowledge.relations.patterns import Row

_ROWS: dict[str, tuple[Row, ...]] = {
    "it": (
        Row("sends_to", ">", r"(?:invia|inviano|inviati|inviate|manda|pubblica|consegna)~ (?:a"
        r"|ad|al|alla|all'|verso|su)"),
        Row("triggers", ">", r"(?:attiva|avvia|invoca|scatena|innesca)"),
        Row("triggers", "<", r"(?:attivat[oaie]|avviat[oaie]|invocat[oaie]) (?:da|dal|dalla)"),
        Row("encrypts_with", ">", r"(?:crittograf\w+|cifra\w*)~ (?:con|tramite|mediante)"),
        Row("requires", ">", r"(?:richiede|richiedono|necessita di|dipende da)"),
        Row("stores_in", ">", r"(?:salva|salvati|memorizza\w*|archivia\w*)~ (?:in|su|nel|nella)"),
        Row("integrates_with", ">", r"(?:integra\w*|si integra|funziona) con"),
        Row("managed_by", ">", r"gestit[oaie] (?:da|dal|dalla|con|tramite)"),
        Row("protects", ">", r"(?:protegge|proteggono)"),
        Row("aggregates_from", ">", r"(?:raccoglie|raccolgono|aggrega)~ (?:da|dal|dalla)"),
        Row("queries", ">", r"(?:interroga|interrogano|legge|analizza)"),
        Row("part_of", ">", r"(?:fa parte di|parte di|componente di)"),
        Row("successor_of", ">", r"(?:successore di|sostituisce|in precedenza)"),
    ),
    "de": (
        Row("sends_to", ">", r"(?:sendet|senden|schickt|liefert|veröffentlicht|leitet)~ (?:an"
        r"|nach|zu|zum|zur)"),
        Row("triggers", ">", r"(?:löst|startet|ruft|stößt)"),
        Row("triggers", "<", r"(?:ausgelöst|gestartet|aufgerufen) (?:von|durch)"),
        Row("encrypts_with", ">", r"(?:mit|durch)", "", r"(?: \w+)* verschlüsselt"),
        Row("encrypts_with", ">", r"(?:verschlüssel\w+)~ (?:mit|durch|über)"),
        Row("requires", ">", r"(?:benötigt|braucht|erfordert|setzt|hängt ab von)"),
        Row("stores_in", ">", r"(?:speichert|legt|sichert)~ (?:in|auf|im)"),
        Row("integrates_with", ">", r"(?:integriert|arbeitet|integration)~ mit"),
        Row("managed_by", ">", r"(?:verwaltet|gesteuert) (?:von|durch|mit|über)"),
        Row("protects", ">", r"(?:schützt|schützen)"),
        Row("aggregates_from", ">", r"(?:sammelt|bezieht|empfängt)~ (?:von|aus)"),
        Row("queries", ">", r"(?:fragt|liest|analysiert|durchsucht)"),
        Row("part_of", ">", r"(?:ein |eine )?(?:teil|bestandteil) (?:von|des|der)"),
        Row("successor_of", ">", r"(?:nachfolger (?:von|des|der)|ersetzt|früher|ehemals)"),
    ),
    "fr": (
        Row("sends_to", ">", r"(?:envoie|envoient|envoyés?|publie|livre|transmet)~ (?:à|au|aux"
        r"|vers|dans)"),
        Row("triggers", ">", r"(?:déclenche|déclenchent|invoque|lance)"),
        Row("triggers", "<", r"(?:déclenchée?s?|invoquée?s?|lancée?s?) par"),
        Row("encrypts_with", ">", r"(?:chiffr\w+|crypt\w+)~ (?:avec|par|via)"),
        Row("requires", ">", r"(?:nécessite|nécessitent|exige|requiert|dépend de|a besoin de)"),
        Row("stores_in", ">", r"(?:stocke\w*|stockés?|enregistre|conserve|archive)~ (?:dans|sur)"),
        Row("integrates_with", ">", r"(?:s'intègre|intègre|intégration|fonctionne)~ (?:avec|à)"),
        Row("managed_by", ">", r"(?:gérée?s?|administrée?s?) (?:par|avec|via)"),
        Row("protects", ">", r"(?:protège|protègent)"),
        Row("aggregates_from", ">", r"(?:collecte|agrège|reçoit|recueille)~ (?:de|du|des|depuis)"),
        Row("queries", ">", r"(?:interroge|interrogent|lit|analyse)"),
        Row("part_of", ">", r"(?:fait partie de|partie de|composant de)"),
        Row("successor_of", ">", r"(?:successeur de|remplace|anciennement)"),
    ),
    "es": (
        Row("sends_to", ">", r"(?:envía|envían|enviados?|publica|entrega)~ (?:a|al|hacia|en)"),
        Row("triggers", ">", r"(?:activa|desencadena|invoca|inicia)"),
        Row("triggers", "<", r"(?:activad[oa]s?|invocad[oa]s?|iniciad[oa]s?) por"),
        Row("encrypts_with", ">", r"(?:cifra\w*|encripta\w*)~ (?:con|mediante)"),
        Row("requires", ">", r"(?:requiere|requieren|necesita|necesitan|depende de)"),
        Row("stores_in", ">", r"(?:almacena\w*|guarda\w*|archiva)~ (?:en)"),
        Row("integrates_with", ">", r"(?:integra\w*|se integra|funciona) con"),
        Row("managed_by", ">", r"(?:gestionad[oa]s?|administrad[oa]s?) (?:por|con|mediante)"),
        Row("protects", ">", r"(?:protege|protegen)"),
        Row("aggregates_from", ">", r"(?:recopila|agrega|recibe|recoge)~ (?:de|del|desde)"),
        Row("queries", ">", r"(?:consulta|consultan|lee|analiza)"),
        Row("part_of", ">", r"(?:forma parte de|parte de|componente de)"),
        Row("successor_of", ">", r"(?:sucesor de|reemplaza|sustituye|antes llamado)"),
    ),
}  # fmt: skip

_CONTEXTS: dict[str, tuple[Context, ...]] = {
    "it": (
        Context("integrates_with", ">", r"integrazion[ei]"),
        Context("sends_to", ">", r"destinazion[ei]|notifiche"),
        Context("aggregates_from", ">", r"(?:fonti|sorgenti)(?: \w+)*"),
        Context("requires", ">", r"requisiti|dipendenze|richiede"),
        Context("part_of", "<", r"componenti|parti"),
    ),
    "de": (
        Context("integrates_with", ">", r"integration(?:en)?|schnittstellen"),
        Context("logs_to", ">", r"protokollierung|protokolle"),
        Context("sends_to", ">", r"ziele|benachrichtigungen|ausgabe"),
        Context("aggregates_from", ">", r"(?:daten)?quellen"),
        Context("requires", ">", r"voraussetzungen|abhängigkeiten|benötigt"),
        Context("part_of", "<", r"bestandteile|komponenten|teile"),
    ),
    "fr": (
        Context("integrates_with", ">", r"intégrations?"),
        Context("logs_to", ">", r"journalisation|journaux"),
        Context("sends_to", ">", r"destinations?|notifications?"),
        Context("aggregates_from", ">", r"sources?(?: de données)?"),
        Context("requires", ">", r"prérequis|dépendances|nécessite"),
        Context("part_of", "<", r"composants|parties"),
    ),
    "es": (
        Context("integrates_with", ">", r"integraci(?:ón|ones)"),
        Context("logs_to", ">", r"registros?"),
        Context("sends_to", ">", r"destinos?|notificaciones"),
        Context("aggregates_from", ">", r"(?:fuentes|orígenes)(?: de datos)?"),
        Context("requires", ">", r"requisitos|dependencias|requiere"),
        Context("part_of", "<", r"componentes|partes"),
    ),
}


def tables(language: str) -> tuple[tuple[Row, ...], tuple[Context, ...]]:
    """The triggers and the headings for a BCP 47 tag, the language's own first."""
    tag = language.split("-")[0].lower()
    own = _ROWS.get(tag, ()), _CONTEXTS.get(tag, ())
    return own[0] + patterns.ENGLISH, own[1] + contexts.ENGLISH
