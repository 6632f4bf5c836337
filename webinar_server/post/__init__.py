"""The post: letters of missions, written and handed to a mail server (SMTP) by whoever claimed them."""
