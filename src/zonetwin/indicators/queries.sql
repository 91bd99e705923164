-- Statements of the indicators' tables; the published one is `measurement`.

-- name: measurement
select id, indicator, area, period_start, period_end, value, claimed, unit, low, high, counted, of_total, unknown,
  unknown_reasons, data_date, proof
from measurement

-- name: measurements
select indicator, area, period_start, period_end, value, claimed, unit, low, high, counted, of_total, unknown,
  unknown_reasons, data_date, proof
from measurement
where (:indicator is null or indicator = :indicator)
  and (:area is null or area = :area)
  and (:period_start is null or period_start = :period_start)
  and (:period_end is null or period_end = :period_end)
order by indicator, area, period_start, period_end

-- name: measurements_of_proof
select indicator, area, period_start, period_end, value, claimed, unit, low, high, counted, of_total, unknown,
  unknown_reasons, data_date, proof
from measurement
where proof = :proof
order by area

-- name: forget_measurements
delete from measurement
where indicator = :indicator
  and period_start = :period_start
  and period_end = :period_end

-- name: add_measurement
insert into measurement (indicator, area, period_start, period_end, value, claimed, unit, low, high, counted,
  of_total, unknown, unknown_reasons, data_date, proof)
values (:indicator, :area, :period_start, :period_end, :value, :claimed, :unit, :low, :high, :counted,
  :of_total, :unknown, :unknown_reasons, :data_date, :proof)

-- name: proof
select id, indicator, version, state, period_start, period_end, today, row_count, digest, places, made_at,
  environment, basis
from proof
where id = :id

-- name: proofs
select id, indicator, version, state, period_start, period_end, today, row_count, digest, places, made_at,
  environment, basis
from proof
where id in (select proof from measurement)
order by indicator, period_start, period_end, id

-- name: forget_proof
delete from proof
where id = :id

-- name: add_proof
insert into proof (id, indicator, version, state, period_start, period_end, today, row_count, digest, places,
  made_at, environment, basis)
values (:id, :indicator, :version, :state, :period_start, :period_end, :today, :row_count, :digest, :places,
  :made_at, :environment, :basis)

-- name: unmeasured
select indicator, code, reason_zh, reason_en
from unmeasured
order by indicator

-- name: forget_unmeasured
delete from unmeasured
where indicator = :indicator

-- name: add_unmeasured
insert into unmeasured (indicator, code, reason_zh, reason_en)
values (:indicator, :code, :reason_zh, :reason_en)
