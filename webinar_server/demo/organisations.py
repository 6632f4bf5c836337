"""The organisations of the demo's mission, all invented, and what their people tell about them."""

from __future__ import annotations

from typing import NamedTuple

from webinar_server.state.card import OrganisationKind


class Organisation(NamedTuple):
    """Where somebody works: its kind, country, city, and what they do in one line."""

    name: str
    kind: OrganisationKind
    country: str
    city: str
    pitch: str


def _organisations(kind: OrganisationKind, text: str) -> tuple[Organisation, ...]:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return tuple(Organisation(name, kind, country, city, pitch) for name, country, city, pitch in rows)


SME = _organisations(
    "sme",
    """
    Laadlinde | NL | Eindhoven | Depot charging that listens to the timetable
    Stroomslag Systems | NL | Delft | Power electronics for 1 MW truck chargers
    Dijkvolt | NL | Zwolle | Charging hubs on dikes and business parks
    Kanteldeel | NL | Utrecht | Shared e-cargo bikes for whole streets
    Polderpuls | NL | Lelystad | Batteries that soften a full grid connection
    Vlinderlaad | NL | Breda | Plug-and-charge without an app
    Veerpont Electric | NL | Dordrecht | Electric ferries and their shore power
    Rijwind | NL | Arnhem | Wind, sun and trucks behind one meter
    Sluisstroom | NL | IJmuiden | Shore power for inland ships
    Tweewielwerk | NL | Groningen | Swappable batteries for delivery scooters
    Kruispunt Data | NL | Den Haag | Traffic lights that know the bus is coming
    Slimmebocht | NL | Helmond | Cooperative driving, tested on open roads
    Hoogwater Mobility | NL | Rotterdam | Electric port trucks, leased by the kilometer
    Nachtlader | NL | Amersfoort | Overnight charging for logistics parks
    Koppelvolt | NL | Tilburg | Connectors and cables that survive truck drivers
    Zonnestalling | NL | Nijmegen | Solar roofs over bike and car parks
    Mesa Verde Charging | US | Sacramento | Rural fast charging that pays for itself
    Tidewater Voltage | US | Long Beach | Drayage truck depots near the port
    Coastline Depot Co | US | Oakland | Charging yards for independent truckers
    Sequoia Switchgear | US | Fresno | Switchgear with short lead times
    Bayshore Fleetworks | US | San Jose | School bus fleets that feed the grid
    Golden Poppy Mobility | US | Los Angeles | Car sharing for apartment buildings
    Redwood Curbside | US | San Francisco | Curb management for electric deliveries
    Sierra Lumen | US | Reno | Microgrids for highway rest areas
    Canyon Kilowatt | US | San Diego | Bidirectional chargers for campuses
    Almond Valley E-Trucks | US | Modesto | Electric harvest trucks for growers
    Marisol Microtransit | US | Riverside | On-demand shuttles in small towns
    Fogline Robotics | US | Berkeley | Robots that plug in trucks at night
    Isarladen | DE | Munich | Charge management for bus depots
    Scheldevolt | BE | Antwerp | Charging for terminals and barges
""",
)
CONSULTANCY = _organisations(
    "consultancy",
    """
    Bureau Vaargeul | NL | Rotterdam | Route plans for zero-emission zones
    Wegwijs & Van Gaal | NL | Amersfoort | From mobility policy to signed tender
    Adviesgroep Tussenstroom | NL | Utrecht | Grid congestion, explained and shortened
    Studio Wachtgoed | NL | Amsterdam | Design of hubs people like to wait at
    Kompas Oost | NL | Enschede | Regional charging strategies
    Kantelkade Advies | NL | Den Bosch | Business cases for electric fleets
    Harbor & Hill Advisory | US | Oakland | Port electrification, funded and built
    Larkspur Transit Group | US | Sacramento | Zero-emission bus transition plans
    Pinecrest Grid Partners | US | San Francisco | Interconnection without the tears
    Ocotillo Planning | US | San Diego | Community benefits in charging projects
    Brightwater Mobility Lab | US | Los Angeles | Pilots that turn into programs
    Rheinweg Beratung | DE | Cologne | Corridors and cross-border roaming
""",
)
KNOWLEDGE = _organisations(
    "knowledge",
    """
    Hogeschool Maasvallei | NL | Roermond | Students and fleets in one living lab
    Instituut Laadkunde | NL | Delft | Independent tests of chargers
    Technisch Instituut Waalstad | NL | Nijmegen | Smart charging research with open data
    Kenniskring Rijden & Stroom | NL | Eindhoven | What drivers really do at a charger
    Lectoraat Slimme Straten | NL | Amsterdam | Streets that share their space
    Central Valley Polytechnic | US | Fresno | Training the charger technicians of 2030
    Pacific Mobility Institute | US | Davis | Travel behavior and equity
    San Marino Bay Institute | US | San Jose | Vehicle-to-grid in the field
    Orchard Street College | US | Los Angeles | Electric trades for young people
    Nethelab | BE | Geel | Battery second life
""",
)
LOCAL = _organisations(
    "local",
    """
    Gemeente Waterdrecht | NL | Waterdrecht | A zero-emission center by 2028
    Gemeente Overmaas | NL | Overmaas | 2000 curb chargers, one tender
    Gemeente Heidebroek | NL | Heidebroek | A village hub with everything on it
    Provincie Merwegaard | NL | Merwegaard | Electric regional buses, all of them
    Vervoerregio Duinstreek | NL | Duinstreek | One ticket, all modes
    Havenbedrijf Nieuwersluis | NL | Nieuwersluis | Shore power at every quay
    City of Alder Bay | US | Alder Bay | Electric by 2035, with the bus first
    City of San Teodoro | US | San Teodoro | Charging where renters live
    Port of Santa Elisa | US | Santa Elisa | A thousand electric trucks
    Mirador County Transit | US | Mirador | Electric buses over mountain roads
    Los Robles Unified Schools | US | Los Robles | Forty electric school buses
""",
)
FEDERAL = _organisations(
    "federal",
    """
    Rijksbureau Schoon Vervoer | NL | Den Haag | National rules for clean freight
    Directie Laadnetten | NL | Den Haag | Room on the grid for mobility
    Desk Mobiliteit Westkust | NL | San Francisco | Your first contact in California
    Golden State Mobility Office | US | Sacramento | Statewide charging programs
    Federal Desk for Clean Freight | US | Washington | Corridors from coast to coast
""",
)
OTHER = _organisations(
    "other",
    """
    Stichting Fietsvooruit | NL | Utrecht | Cycling counts as mobility too
    Ondernemersclub Stroomt | NL | Rotterdam | 400 entrepreneurs, one bus to visit them all
    Vakblad De Laadpaal | NL | Amsterdam | News for people who charge
    Neighborhood Rides Coalition | US | Los Angeles | Neighborhoods first
    West Coast E-Freight Forum | US | Oakland | Truckers and utilities at one table
""",
)

ORGANISATIONS = (*SME, *CONSULTANCY, *KNOWLEDGE, *LOCAL, *FEDERAL, *OTHER)
