"""What the demo's organisations work in, offer and seek, in few words as people give them. Pure.

Each offers something that another seeks, so that whoever looks for a partner finds some.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Tags = tuple[str, ...]


class Wishes(NamedTuple):
    """Tags of an organisation's cards."""

    sectors: Tags
    offers: Tags
    seeks: Tags


_ROWS = """
Laadlinde | Charging, Buses | Depot charging, Charge management | Bus operators, Grid capacity
Stroomslag Systems | Charging, Trucks | Megawatt charging, Power electronics | Depot charging, Pilot sites
Dijkvolt | Charging, Grid | Charging hubs, Business parks | Battery storage, Municipalities
Kanteldeel | Bikes, Shared mobility | Shared e-cargo bikes | Curb management, Municipalities
Polderpuls | Grid, Batteries | Battery storage, Peak shaving | Depot charging, Charging hubs
Vlinderlaad | Charging, Software | Plug and charge, Roaming | Charge management, Pilot sites
Veerpont Electric | Ferries, Ports | Electric ferries, Shore power | Megawatt charging, Port authorities
Rijwind | Grid, Trucks | Solar and wind, Depot charging | Battery storage, Truck operators
Sluisstroom | Ports, Ships | Shore power | Port authorities, Switchgear
Tweewielwerk | Bikes, Logistics | Swappable batteries | Delivery fleets, Curb management
Kruispunt Data | Data, Buses | Traffic light priority, Open data | Transit agencies
Slimmebocht | Data, Roads | Cooperative driving | Test roads, Pilot sites
Hoogwater Mobility | Trucks, Ports | Electric trucks, Fleet leasing | Depot charging, Drayage companies
Nachtlader | Charging, Logistics | Depot charging, Overnight charging | Logistics parks, Switchgear
Koppelvolt | Charging, Hardware | Connectors and cables | Charger makers, Megawatt charging
Zonnestalling | Solar, Bikes | Solar roofs | Mobility hubs, Municipalities
Mesa Verde Charging | Charging, Roads | Fast charging | Battery storage, Funding
Tidewater Voltage | Trucks, Ports | Depot charging, Charging yards | Electric trucks, Grid capacity
Coastline Depot Co | Trucks, Charging | Charging yards, Depot charging | Charge management, Switchgear
Sequoia Switchgear | Grid, Hardware | Switchgear | Distributors, Shore power
Bayshore Fleetworks | Buses, Grid | Vehicle-to-grid, School buses | Depot charging, Bidirectional chargers
Golden Poppy Mobility | Shared mobility, Housing | Car sharing | Curb charging, Housing owners
Redwood Curbside | Data, Logistics | Curb management | Street design, Delivery fleets
Sierra Lumen | Grid, Roads | Microgrids | Fast charging, Battery storage
Canyon Kilowatt | Charging, Grid | Bidirectional chargers | Vehicle-to-grid, Campuses
Almond Valley E-Trucks | Trucks, Farming | Electric trucks | Depot charging, Growers
Marisol Microtransit | Shared mobility, Buses | On-demand shuttles | Small towns, Charge management
Fogline Robotics | Charging, Robots | Charging robots | Depot charging, Pilot sites
Isarladen | Charging, Software | Charge management, Depot charging | Bus operators, Roaming
Scheldevolt | Ports, Ships | Shore power, Charging for barges | Port authorities, Battery storage
Bureau Vaargeul | Logistics, Policy | Zero-emission zones, Route planning | Curb management, Municipalities
Wegwijs & Van Gaal | Policy | Tenders, Mobility policy | Municipalities, Transit agencies
Adviesgroep Tussenstroom | Grid | Grid capacity, Grid connection | Depot charging, Business parks
Studio Wachtgoed | Design, Buses | Mobility hubs, Design | Transit agencies, Solar roofs
Kompas Oost | Charging, Policy | Charging strategies | Municipalities, Open data
Kantelkade Advies | Fleets | Business cases, Fleet leasing | Truck operators, Depot charging
Harbor & Hill Advisory | Ports, Policy | Funding, Port electrification | Shore power, Electric trucks
Larkspur Transit Group | Buses | Bus transition plans | Transit agencies, Depot charging
Pinecrest Grid Partners | Grid | Grid connection, Grid capacity | Charging yards, Depot charging
Ocotillo Planning | Policy, Housing | Community benefits | Funding, Curb charging
Brightwater Mobility Lab | Pilots, Data | Pilot sites, Evaluation | Charging robots, Cooperative driving
Rheinweg Beratung | Roads, Policy | Corridors, Roaming | Fast charging, Truck operators
Hogeschool Maasvallei | Research, Education | Living lab, Students | Delivery fleets, Training
Instituut Laadkunde | Research, Charging | Charger tests | Charger makers, Plug and charge
Technisch Instituut Waalstad | Research, Grid | Smart charging, Open data | Depot charging, Field data
Kenniskring Rijden & Stroom | Research | User research | Fast charging, Curb charging
Lectoraat Slimme Straten | Research, Design | Street design | Curb management, Municipalities
Central Valley Polytechnic | Education | Training, Technicians | Charger makers, Students
Pacific Mobility Institute | Research, Policy | Evaluation, User research | Field data, Open data
San Marino Bay Institute | Research, Grid | Vehicle-to-grid, Field data | Bidirectional chargers, School buses
Orchard Street College | Education | Training, Students | Technicians, Electric trades
Nethelab | Research, Batteries | Second-life batteries | Battery storage, Swappable batteries
Gemeente Waterdrecht | Policy, Logistics | Pilot sites, Test roads | Zero-emission zones, Charging hubs
Gemeente Overmaas | Policy, Charging | Tenders, Curb charging | Charge management, Open data
Gemeente Heidebroek | Policy | Small towns, Pilot sites | Mobility hubs, On-demand shuttles
Provincie Merwegaard | Buses, Policy | Bus concessions, Funding | Depot charging, Bus operators
Vervoerregio Duinstreek | Buses, Data | Transit agencies, Open data | Traffic light priority, Mobility hubs
Havenbedrijf Nieuwersluis | Ports | Port authorities, Pilot sites | Shore power, Electric ferries
City of Alder Bay | Policy, Buses | Pilot sites, Funding | Depot charging, Electric buses
City of San Teodoro | Policy, Housing | Curb charging sites | Curb charging, Car sharing
Port of Santa Elisa | Ports, Trucks | Port authorities, Drayage companies | Electric trucks, Megawatt charging
Mirador County Transit | Buses | Transit agencies, Field data | Depot charging, Charge management
Los Robles Unified Schools | Buses, Education | School buses | Vehicle-to-grid, Depot charging
Rijksbureau Schoon Vervoer | Policy, Logistics | Rules for clean freight | Evaluation, Zero-emission zones
Directie Laadnetten | Policy, Grid | Grid capacity, Funding | Charging strategies, Smart charging
Desk Mobiliteit Westkust | Policy | Introductions, Market knowledge | Pilot sites, Corridors
Golden State Mobility Office | Policy, Charging | Funding, Statewide programs | Business cases, Training
Federal Desk for Clean Freight | Policy, Trucks | Corridors, Funding | Electric trucks, Fast charging
Stichting Fietsvooruit | Bikes, Policy | Bike expertise | Shared e-cargo bikes, Street design
Ondernemersclub Stroomt | Network | Introductions, Bus tours | Market knowledge, Truck operators
Vakblad De Laadpaal | Media | Publicity | Introductions, Charger tests
Neighborhood Rides Coalition | Network | Community benefits, Housing owners | Car sharing, Curb charging
West Coast E-Freight Forum | Network, Trucks | Introductions, Truck operators | Depot charging, Charging yards
"""


def _read(line: str) -> tuple[str, Wishes]:
    name, *tags = (cell.strip() for cell in line.split("|"))
    return name, Wishes(*(tuple(each.strip() for each in cell.split(",")) for cell in tags))


WISHES: Mapping[str, Wishes] = dict(map(_read, _ROWS.strip().splitlines()))
"""By an organisation's name."""
