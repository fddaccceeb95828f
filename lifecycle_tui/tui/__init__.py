"""The interactive face: an app, its screens and widgets; all of them only draw readings."""
