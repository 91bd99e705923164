"""A seeded canal district whose truth is known by construction: see `district.make_district`."""
