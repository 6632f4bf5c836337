"""Countries by their names in English and Dutch, and by those that people use (ISO 3166-1; names of CLDR 48,
© Unicode, Inc., LICENSE-UNICODE)."""

from collections.abc import Mapping

from webinar_server.words.folding import folded

# two letters, a colon, and the names between bars: the English one, the Dutch one if any other follows
_NAMES = (
    "AD:Andorra;AE:United Arab Emirates|Verenigde Arabische Emiraten|UAE|Emirates|VAE;AF:Afghanistan;"
    "AG:Antigua & Barbuda|Antigua en Barbuda;AI:Anguilla;AL:Albania|Albanië;AM:Armenia|Armenië;AO:Angola;"
    "AQ:Antarctica;AR:Argentina|Argentinië;AS:American Samoa|Amerikaans-Samoa;AT:Austria|Oostenrijk;"
    "AU:Australia|Australië;AW:Aruba;AX:Åland Islands|Åland;AZ:Azerbaijan|Azerbeidzjan;"
    "BA:Bosnia & Herzegovina|Bosnië en Herzegovina|Bosnia|Bosnië;BB:Barbados;BD:Bangladesh;"
    "BE:Belgium|België;BF:Burkina Faso;BG:Bulgaria|Bulgarije;BH:Bahrain|Bahrein;BI:Burundi;BJ:Benin;"
    "BL:St. Barthélemy|Saint-Barthélemy;BM:Bermuda;BN:Brunei;"
    "BO:Bolivia|Bolivia|Plurinational State of Bolivia;"
    "BQ:Caribbean Netherlands|Caribisch Nederland;BR:Brazil|Brazilië;BS:Bahamas|Bahama's;BT:Bhutan;"
    "BV:Bouvet Island|Bouveteiland;BW:Botswana;BY:Belarus;BZ:Belize;CA:Canada;"
    "CC:Cocos (Keeling) Islands|Cocoseilanden;"
    "CD:Congo - Kinshasa|Congo-Kinshasa|DRC|Democratic Republic of the Congo|Democratische Republiek Cong"
    "o;CF:Central African Republic|Centraal-Afrikaanse Republiek;"
    "CG:Congo - Brazzaville|Congo-Brazzaville|Congo|Republic of the Congo;CH:Switzerland|Zwitserland;"
    "CI:Côte d'Ivoire|Ivoorkust|Ivory Coast;CK:Cook Islands|Cookeilanden;CL:Chile|Chili;"
    "CM:Cameroon|Kameroen;CN:China|China|PRC|People's Republic of China|Volksrepubliek China;CO:Colombia;"
    "CR:Costa Rica;CU:Cuba;CV:Cape Verde|Kaapverdië|Cabo Verde;CW:Curaçao;"
    "CX:Christmas Island|Christmaseiland;CY:Cyprus;"
    "CZ:Czechia|Tsjechië|Czech Republic|Tsjechische Republiek;DE:Germany|Duitsland;DJ:Djibouti;"
    "DK:Denmark|Denemarken;DM:Dominica;DO:Dominican Republic|Dominicaanse Republiek;DZ:Algeria|Algerije;"
    "EC:Ecuador;EE:Estonia|Estland;EG:Egypt|Egypte;EH:Western Sahara|Westelijke Sahara;ER:Eritrea;"
    "ES:Spain|Spanje;ET:Ethiopia|Ethiopië;FI:Finland;FJ:Fiji;FK:Falkland Islands|Falklandeilanden;"
    "FM:Micronesia;FO:Faroe Islands|Faeröer;FR:France|Frankrijk;GA:Gabon;"
    "GB:United Kingdom|Verenigd Koninkrijk|UK|England|Engeland|Great Britain|Groot-Brittannië|Scotland|Sc"
    "hotland|Wales;GD:Grenada;GE:Georgia|Georgië;GF:French Guiana|Frans-Guyana;GG:Guernsey;GH:Ghana;"
    "GI:Gibraltar;GL:Greenland|Groenland;GM:Gambia;GN:Guinea|Guinee;GP:Guadeloupe;"
    "GQ:Equatorial Guinea|Equatoriaal-Guinea;GR:Greece|Griekenland;"
    "GS:South Georgia & South Sandwich Islands|Zuid-Georgia en Zuidelijke Sandwicheilanden;GT:Guatemala;"
    "GU:Guam;GW:Guinea-Bissau|Guinee-Bissau;GY:Guyana;"
    "HK:Hong Kong SAR China|Hongkong SAR van China|Hong Kong|Hongkong;"
    "HM:Heard & McDonald Islands|Heard en McDonaldeilanden;HN:Honduras;HR:Croatia|Kroatië;HT:Haiti|Haïti;"
    "HU:Hungary|Hongarije;ID:Indonesia|Indonesië;IE:Ireland|Ierland|Republic of Ireland;IL:Israel|Israël;"
    "IM:Isle of Man;IN:India;IO:British Indian Ocean Territory|Brits Indische Oceaanterritorium;"
    "IQ:Iraq|Irak;IR:Iran|Iran|Islamic Republic of Iran;IS:Iceland|IJsland;IT:Italy|Italië;JE:Jersey;"
    "JM:Jamaica;JO:Jordan|Jordanië;JP:Japan;KE:Kenya|Kenia;KG:Kyrgyzstan|Kirgizië;KH:Cambodia|Cambodja;"
    "KI:Kiribati;KM:Comoros|Comoren;KN:St. Kitts & Nevis|Saint Kitts en Nevis;KP:North Korea|Noord-Korea;"
    "KR:South Korea|Zuid-Korea|Korea|South-Korea|Republic of Korea;KW:Kuwait|Koeweit;"
    "KY:Cayman Islands|Kaaimaneilanden;KZ:Kazakhstan|Kazachstan;LA:Laos;LB:Lebanon|Libanon;"
    "LC:St. Lucia|Saint Lucia;LI:Liechtenstein;LK:Sri Lanka;LR:Liberia;LS:Lesotho;LT:Lithuania|Litouwen;"
    "LU:Luxembourg|Luxemburg;LV:Latvia|Letland;LY:Libya|Libië;MA:Morocco|Marokko;MC:Monaco;"
    "MD:Moldova|Moldavië|Republic of Moldova;ME:Montenegro;MF:St. Martin|Saint-Martin;"
    "MG:Madagascar|Madagaskar;MH:Marshall Islands|Marshalleilanden;"
    "MK:North Macedonia|Noord-Macedonië|Macedonia|Macedonië;ML:Mali;"
    "MM:Myanmar (Burma)|Myanmar (Birma)|Birma|Burma;MN:Mongolia|Mongolië;"
    "MO:Macao SAR China|Macau SAR van China|Macau|Macao;MP:Northern Mariana Islands|Noordelijke Marianen;"
    "MQ:Martinique;MR:Mauritania|Mauritanië;MS:Montserrat;MT:Malta;MU:Mauritius;MV:Maldives|Maldiven;"
    "MW:Malawi;MX:Mexico;MY:Malaysia|Maleisië;MZ:Mozambique;NA:Namibia|Namibië;"
    "NC:New Caledonia|Nieuw-Caledonië;NE:Niger;NF:Norfolk Island|Norfolk;NG:Nigeria;NI:Nicaragua;"
    "NL:Netherlands|Nederland|The Netherlands|Holland;NO:Norway|Noorwegen;NP:Nepal;NR:Nauru;NU:Niue;"
    "NZ:New Zealand|Nieuw-Zeeland;OM:Oman;PA:Panama;PE:Peru;PF:French Polynesia|Frans-Polynesië;"
    "PG:Papua New Guinea|Papoea-Nieuw-Guinea;PH:Philippines|Filipijnen;PK:Pakistan;PL:Poland|Polen;"
    "PM:St. Pierre & Miquelon|Saint-Pierre en Miquelon;PN:Pitcairn Islands|Pitcairneilanden;"
    "PR:Puerto Rico;PS:Palestinian Territories|Palestijnse gebieden|Palestine|Palestina;PT:Portugal;"
    "PW:Palau;PY:Paraguay;QA:Qatar;RE:Réunion;RO:Romania|Roemenië;RS:Serbia|Servië;"
    "RU:Russia|Rusland|Russian Federation;RW:Rwanda;SA:Saudi Arabia|Saoedi-Arabië;"
    "SB:Solomon Islands|Salomonseilanden;SC:Seychelles|Seychellen;SD:Sudan|Soedan;SE:Sweden|Zweden;"
    "SG:Singapore;SH:St. Helena|Sint-Helena;SI:Slovenia|Slovenië;"
    "SJ:Svalbard & Jan Mayen|Spitsbergen en Jan Mayen;SK:Slovakia|Slowakije;SL:Sierra Leone;"
    "SM:San Marino;SN:Senegal;SO:Somalia|Somalië;SR:Suriname;SS:South Sudan|Zuid-Soedan;"
    "ST:São Tomé & Príncipe|Sao Tomé en Principe;SV:El Salvador;SX:Sint Maarten|Sint-Maarten;"
    "SY:Syria|Syrië|Syrian Arab Republic;SZ:Eswatini|Eswatini|Swaziland;"
    "TC:Turks & Caicos Islands|Turks- en Caicoseilanden;TD:Chad|Tsjaad;"
    "TF:French Southern Territories|Franse Gebieden in de zuidelijke Indische Oceaan;TG:Togo;TH:Thailand;"
    "TJ:Tajikistan|Tadzjikistan;TK:Tokelau;TL:Timor-Leste|Oost-Timor;TM:Turkmenistan;TN:Tunisia|Tunesië;"
    "TO:Tonga;TR:Türkiye|Turkije|Turkey;TT:Trinidad & Tobago|Trinidad en Tobago;TV:Tuvalu;"
    "TW:Taiwan|Taiwan|Republic of China;TZ:Tanzania|Tanzania|United Republic of Tanzania;UA:Ukraine|Oekraïne;"
    "UG:Uganda|Oeganda;UM:U.S. Outlying Islands|Kleine afgelegen eilanden van de Verenigde Staten;"
    "US:United States|Verenigde Staten|USA|United States of America|America|Amerika|VS|Verenigde Staten v"
    "an Amerika;UY:Uruguay;UZ:Uzbekistan|Oezbekistan;VA:Vatican City|Vaticaanstad|Vatican|Vaticaan;"
    "VC:St. Vincent & Grenadines|Saint Vincent en de Grenadines;"
    "VE:Venezuela|Venezuela|Bolivarian Republic of Venezuela;"
    "VG:British Virgin Islands|Britse Maagdeneilanden;"
    "VI:U.S. Virgin Islands|Amerikaanse Maagdeneilanden;VN:Vietnam|Vietnam|Viet Nam;VU:Vanuatu;"
    "WF:Wallis & Futuna|Wallis en Futuna;WS:Samoa;XK:Kosovo;YE:Yemen|Jemen;YT:Mayotte;"
    "ZA:South Africa|Zuid-Afrika;ZM:Zambia;ZW:Zimbabwe;"
)


def _read() -> dict[str, tuple[str, ...]]:
    parted = (each.partition(":") for each in filter(None, _NAMES.split(";")))
    return {code: tuple(names.split("|")) for code, _, names in parted}


_CALLED: Mapping[str, tuple[str, ...]] = _read()

COUNTRIES: Mapping[str, str] = {code.lower(): code for code in _CALLED} | {
    folded(name.replace(".", "")): code for code, names in _CALLED.items() for name in names
}
"""The two letters of a country, by those and by its folded names, which have no dots."""


def country_name(code: str, lang: str) -> str:
    """How a country is called in English or Dutch; its letters where nobody knows it."""
    names = _CALLED.get(code, (code,))
    return names[1 if lang == "nl" and len(names) > 1 else 0]
