"""Questions to the office: form, mails, and what becomes of them."""
