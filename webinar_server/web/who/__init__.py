"""Who somebody is: tokens, cookies, addresses; and the way in and out."""
