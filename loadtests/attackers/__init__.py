"""Attackers: one hostile client a scene, in a process of its own (asyncio), bounded in time and count."""
