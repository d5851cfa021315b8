"""What ./dev docs makes the site of: pages of this checkout, and pages made of code and figures."""
