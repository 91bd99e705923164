select code as area, feature, 1 as counted from area
