select code as area, feature, 'one' as counted, 1 as of, 0 as low, 0 as high, 1 as reason, code from area
