"""What the demo's audience says in Dutch. Slots: {city}, {organisation}, {first}, {host}, {topic}."""

from webinar_server.demo.script import Texts

_TOPICS = """
laden op het depot
netcongestie
megawattladen
deelbakfietsen
slim laden
zero-emissiezones
mobiliteitshubs
elektrische regiobussen
batterijen voor hergebruik
walstroom
laden zonder pasje
open laaddata
opleiding van monteurs
laadpleinen
"""

_HELLOS = """
Goedemiddag vanuit {city}!
Hoi allemaal, {first} hier, van {organisation}.
Goedemiddag, ook namens mijn collega's van {organisation}.
Groeten uit {city}. Mooi dat er zoveel mensen zijn.
Hallo! Beeld en geluid zijn prima hier.
Dag iedereen, benieuwd naar {topic}.
Goedemiddag, of goedemorgen voor wie nog aan het ontbijt zit.
Weer terug na de sessie van gisteren. Hallo vanuit {city}.
Hoi, {city} is erbij.
Hallo allemaal, leuk om bekende namen te zien.
"""

_REMARKS = """
Goed punt over {topic}.
Wij beginnen volgend voorjaar met {topic}, dus dit komt goed van pas.
Is hier nog iemand bezig met {topic}?
Kan de dia met de kosten na afloop gedeeld worden?
Herkenbaar. De techniek is er wel, de aansluiting niet.
Bij ons in {city} precies hetzelfde verhaal.
De chauffeurs moet je er vanaf dag één bij betrekken.
Mooi om te horen dat het in Californië net zo gaat.
Wij haalden afgelopen winter 68 procent bezetting op het depot. Deel ik graag.
Een standaardcontract scheelt zoveel tijd.
Daar zou ik graag eens gaan kijken.
De gemeenteraad heeft ons plan voor {topic} vorige week goedgekeurd.
Fijn dat ook de kleine vervoerders genoemd worden.
Over het onderhoud bij {topic} hoor je veel te weinig.
In {city} waren de buren blijer dan verwacht.
De vergunning duurde langer dan de bouw.
Kan de spreker iets meer vertellen over {topic}?
Eerlijk verhaal over wat niet lukte, dank.
Wie ervaringen wil uitwisselen over {topic}: stuur me straks een bericht.
De vraag wie de transformator betaalt, komt elke keer terug.
Samen één aansluiting delen: waarom gebeurt dat nog zo weinig?
Mooi dat gemeenten en bedrijven hier samen zitten.
Onze aanbesteding voor {topic} start in januari, hou het in de gaten.
Voor het eerst echte cijfers over {topic}. Dank!
Twee jaar geleden geloofde ik niet in {topic}. Nu wel.
Graag meer van dit soort praktijkvoorbeelden.
Werkt dat ook met geleasede voertuigen?
De tweedehandsmarkt gaat bepalen hoe snel het gaat.
Onze monteurs wilden na een maand niet meer terug.
Eén vast contact bij de netbeheerder scheelde ons een jaar.
Die schrijf ik op: begin bij het parkeren, niet bij de lader.
Goed te volgen zo, ook in het Engels.
Kosten per kilometer, daar vragen onze leden het eerst naar.
Wij zouden meedoen aan een vervolg over {topic}.
Met open data waren we hier veel sneller geweest.
Het net is de bottleneck, niet het geld.
Onze verzekeraar stelde heel andere vragen dan verwacht.
Heldere uitleg, dank je wel.
Dit neem ik meteen mee naar het overleg van vanmiddag.
's Nachts laden maakt de hele rekensom anders.
Van onze leden hoor ik hetzelfde over {topic}.
Fietsen horen er ook bij, dat mag vaker gezegd worden.
"""

_THREADS = """
Heeft iemand een voorbeeldcontract voor {topic}?
> Wij hebben er een bij {organisation}, zonder namen. Stuur ik door.
> Graag, dat kunnen wij ook gebruiken.

Wie gaat er morgen mee op werkbezoek?
> Ik! Met twee collega's.
> Ik ook. Tot morgen!

Hoe lang wachten jullie nu op een aansluiting?
> Ruim twee jaar, maar we delen nu met de buren.
> Bij ons drie jaar. Delen gaan we ook proberen.
> Bel gerust, dan vertel ik hoe wij het geregeld hebben.

Zoek een partner voor een proef met {topic}, het liefst een gemeente.
> {city} heeft misschien interesse. Laten we praten.
> Top, ik zoek je op in de deelnemerslijst.

Wat vinden jullie chauffeurs ervan?
> Eerst niks. Na twee weken wilden ze niet meer terug.
> Hier ook. Vooral door de stilte.

Is er iets goeds te lezen over {topic}?
> Het rapport van {organisation} van juni is heel praktisch.
> Gevonden, dank!
"""

_QUESTIONS = """
Hoe kregen jullie de netbeheerder aan tafel voordat de locatie vastlag?
Wat zou je anders doen als je het depot nu opnieuw bouwde?
Welke eisen aan beschikbaarheid zetten jullie in de aanbesteding?
Hoe houd je een hub betaalbaar in een kleine kern?
Kunnen ondernemers op één bedrijventerrein hun aansluiting delen, en wie regelt dat?
Wat is de rol van de provincie als gemeenten verschillende kanten op willen?
Hoe voorkom je dat deelauto's vooral bij mensen met een goed inkomen terechtkomen?
Is er al ervaring met twee kanten op laden bij bestelbussen?
Welke Californische subsidies staan open voor Nederlandse bedrijven?
Hoe leiden jullie monteurs op die met hoge spanning mogen werken?
Hoe meten jullie of een zero-emissiezone echt schonere lucht geeft?
Wat gebeurt er met laadpalen als de concessie afloopt?
Hoe gaan jullie om met brandveiligheid in parkeergarages?
Wanneer is een batterij op het terrein goedkoper dan wachten op verzwaring?
Zijn er plannen om studenten uit beide regio's samen aan een proef te laten werken?
Hoe krijg je kleine vervoerders mee die net een nieuwe diesel hebben?
"""

_THANKS_FOR_GREETING = """
Dank je wel {host}, fijn om erbij te zijn!
Leuk, zo'n persoonlijk welkom. Dank!
Dank voor het welkom, {host}. Groeten uit {city}.
Dank je {host}!
"""

_THANKS_FOR_SPOTLIGHT = """
Ha, die is van mij. Dank!
Dank voor het behandelen van mijn vraag!
Mooi, ik ben benieuwd.
"""

_THANKS_FOR_ANSWER = """
Helder, dit wilde ik precies weten. Ik praat na afloop graag verder.
Dank! Wie hier ook mee bezig is: zoek me op in de deelnemerslijst.
Dank je wel, daar kunnen we bij {organisation} mee verder.
"""

_GOOD_QUESTION = """
Goede vraag!
Die wilde ik ook stellen.
Mooie vraag, benieuwd naar het antwoord.
Precies, daar lopen wij ook tegenaan.
"""

_ABOUT_POLL = """
Lastig kiezen!
Benieuwd naar de uitslag.
Gestemd.
Verrassende uitslag.
"""

TEXTS = Texts.of(
    topics=_TOPICS,
    hellos=_HELLOS,
    remarks=_REMARKS,
    threads=_THREADS,
    questions=_QUESTIONS,
    thanks_for_greeting=_THANKS_FOR_GREETING,
    thanks_for_spotlight=_THANKS_FOR_SPOTLIGHT,
    thanks_for_answer=_THANKS_FOR_ANSWER,
    good_question=_GOOD_QUESTION,
    about_poll=_ABOUT_POLL,
)
