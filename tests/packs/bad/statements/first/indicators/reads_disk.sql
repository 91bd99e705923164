select a.code as area, a.feature, 1 as counted, 1 as of, null as low, null as high, f.column0 as reason
from area as a
cross join read_csv('/etc/passwd') as f
