select code as area, feature, 1 as counted, 1 as of, null as low, null as high, cast(null as varchar) as reason
from area
