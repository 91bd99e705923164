select code as area, feature, 1 as counted, 1 as of, 0 as low, 0 as high, '' as reason
from areas
