"""Live: rooms that commit and tell, presence, pace. asyncio begins here; nothing is awaited per viewer."""
