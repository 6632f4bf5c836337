"""The names of the demo's people, all invented: `name|how it is said`, with a hint where one helps a host."""

from typing import NamedTuple


class Spoken(NamedTuple):
    """A name and, where it is hard for the other side of the ocean, how it is said."""

    name: str
    hint: str = ""


def _spoken(text: str) -> tuple[Spoken, ...]:
    items = (" ".join(item.split()) for item in text.split(","))
    return tuple(Spoken(*item.split("|")) for item in items if item)


DUTCH_FIRST = _spoken("""
    Sjoerd|shoort, Anneke, Gijs|khice, Femke, Joost|yoast, Marijke|mah-RYE-kuh, Tjeerd|cheert, Liesbeth,
    Wouter|WOW-ter, Jolanda|yo-LAHN-dah, Guus|khoos, Hanneke, Bram, Fleur, Ruud|root, Sanne, Teun|tøn, Maaike,
    Jeroen|yuh-ROON, Ingrid, Diederik|DEE-duh-rick, Nienke|NEEN-kuh, Rutger|RUT-kher, Saskia, Menno, Yvonne,
    Koen|koon, Annelies, Thijs|tice, Mirjam|MIR-yahm, Jelle|YELL-uh, Roos|rohs, Pieter, Evelien,
    Sietse|SEET-suh, Tineke, Bas, Carlijn|car-LINE, Huub|hoop, Noor, Freek|frake, Lotte, Gerrit|KHERR-it,
    Willemijn|WILL-uh-mine, Jurriaan|YUR-ree-ahn, Aafke|AHF-kuh, Floris, Marleen, Youssef, Fatima, Emre,
    Aylin|eye-LEEN, Rachid|rah-SHEED, Samira, Dewi|DAY-wee, Ravi, Sheila, Kees|case, Marit, Hidde|HID-duh,
    Geertje|KHAIRT-yuh, Daan, Iris, Stijn|stine
""")
DUTCH_LAST = _spoken("""
    van Hooijdonk|fun HOY-donk, de Graaf, Kuipers|KOW-pers, van der Meulen|fun der MØ-luh,
    Dijkhuis|DIKE-house, Schuurman|SKHEWR-mahn, Wijnands|WINE-unts, ter Horst, van Eyndhoven|fun INED-hoven,
    Bouwhuis|BOW-house, Ruijters|ROW-ters, Zijlmans|ZILE-mahns, van Nieuwburg|fun NEW-burkh,
    Huizinga|HOW-zing-ah, Postma, Hoekman|HOOK-mahn, Spierings|SPEER-ings, van Leeuwenstein|fun LAY-wen-stine,
    Brouwhof|BROW-hof, Terpstra, Wiersum, de Rooij|duh ROY, Nieuwkamp|NEW-kahmp, Oosterling, Vlaskamp,
    Boerhof|BOOR-hof, Kloosterziel, van den Akker, Slagmolen|SLAHKH-molen, Heuvelink|HØ-vuh-link,
    Tuinstra|TOWN-strah, van der Zwaag|fun der zwahkh, Biesheuvel|BEES-høvel, Lammerts, Reinders, van
    Gestel|fun KHESS-tul, Dekkinga, Pruijs|prowse, Wagemaker|VAH-khuh-mah-ker, El Amrani, Yilmaz, Ramdin,
    Sahin|shah-HEEN, Tahapary, Benali, Verhoef|fer-HOOF, Uitdenboogaard|OUT-den-bo-khahrt, Stroobants,
    Wiegman|VEEKH-mahn, van Ittersum
""")
US_FIRST = _spoken("""
    Siobhan|shi-VAWN, Joaquin|wah-KEEN, Xochitl|SO-cheel, Malik, Priya, Kevin, Guadalupe|gwah-dah-LOO-peh,
    Aaron, Mei|may, Darnell, Kimberly, Hector, Anh|ahn, Rosalind, Armen, Yesenia|yeh-SEH-nyah, Todd, Lakshmi,
    Brianna, Nguyet|nwet, Carlos, Heather, Soren, Tamika|tuh-MEE-kuh, Diego, Caitlin, Jamal, Kenji,
    Alejandra|ah-leh-HAHN-drah, Scott, Farah, Luis, Meredith, Rashad, Elena, Douglas, Hye-jin|heh-jin, Marcus,
    Soledad, Wyatt, Parisa|pah-REE-sah, Trevor, Nayeli|nah-YEH-lee, Vikram, Colleen, Andre, Itzel|eet-SELL,
    Greg, Thuy|twee, Monique, Raj, Shannon, Ignacio, Deborah, Tariq|TAH-rick, Angela, Kaito, Beatriz, Nathan,
    Zaynab|ZAY-nub, Leilani|lay-LAH-nee, Curtis, Anoush|ah-NOOSH, Whitney
""")
US_LAST = _spoken("""
    Ochoa Ruiz|oh-CHO-ah roo-EES, Nguyen|win, Whitfield, Castellanos, Petrosian, Hallbrook, Okonjo,
    Chaudhary|CHOW-duh-ree, Brennan, Xiong|shyong, Delacruz, Marchetti|mar-KET-ee, Truong|troong, Lindqvist,
    Haddad, Fairbanks, Yamashiro, Villaseñor|vee-yah-sen-YOR, Braddock, Iyer|EYE-er, Nakagawa, Esparza,
    Kowalczyk|ko-VAHL-chick, Winthrop, Bautista, Saroyan Lee, Mbeki Jones, Underhill, Quiñones|keen-YO-ness,
    Tran, Halloran, Zamora, Pham|fahm, Oyelaran|oh-yeh-LAH-rahn, Cheng, Ashworth, Gutierrez,
    Raghunathan|rah-goo-NAH-thun, Sorensen, Huynh|hwin, Moreno, Blackwell, Tatum, Szymanski|shi-MAHN-skee,
    Vang, Redmond, Alcaraz, Farnsworth, Ghorbani, Keawe|keh-AH-veh
""")
OTHER_FIRST = _spoken("""
    Jürgen|YUR-gen, Annika, Matthias|mah-TEE-us, Heike|HIGH-kuh, Jörg|yurk, Friederike, Lieven|LEE-ven,
    Griet|khreet, Wim, Ilse, Geneviève|zhun-vee-EV, Thibault|tee-BOH
""")
OTHER_LAST = _spoken("""
    Kühnert|KOO-nert, Brandhuber, Schäfers|SHAY-fers, Wollenweber, Aertssens|ART-sens, Claeskens|CLAHS-kens,
    Dewulf, Vandenbosch, Lemaire-Dubois, Goethals Maes|KHOOT-hahls mahs
""")
