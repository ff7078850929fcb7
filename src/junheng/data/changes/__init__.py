"""Tables as they would be: what is changed in one year of a county, and the tables after it;
nothing is written."""
