"""The SQL of the record pages: constants with named parameters, so that each is planned once.

What hangs below a row comes with it as JSON arrays, in the order of the dataclasses in `records`;
numbers with decimals travel as text.
"""

_PLACES = """
  p.address_street, commune.name, district.name, province.name"""

_PLACE_NAMES = """
LEFT JOIN reference_area commune
  ON commune.era = p.address_era AND commune.code = p.address_commune
LEFT JOIN reference_area district
  ON district.era = p.address_era AND district.code = p.address_district
LEFT JOIN reference_area province
  ON province.era = p.address_era AND province.code = p.address_province"""

_CARD = """
  c.card_number, c.group_code, c.benefit_level, c.issuing_province, c.facility_code,
  c.facility_name, c.valid_from, c.valid_to, c.five_year_date, c.living_area, c.issued_on"""

_LAST_JOB = """
  (SELECT json_build_array(j.state, j.from_month, j.to_month, j.employer_name, j.kind)
   FROM insurance_contributionperiod j
   WHERE j.number = p.number AND j.kind = 'compulsory'
   ORDER BY j.to_month DESC, j.from_month DESC LIMIT 1)"""

# Months of BHXH paid out in a one-time withdrawal no longer count.
_SETTLED = """
  (SELECT json_agg(json_build_array(s.from_date, s.to_date) ORDER BY s.from_date)
   FROM insurance_benefit s
   WHERE s.number = %(number)s AND s.kind = 'mot-lan' AND s.regime = 'BHXH một lần'
     AND s.to_date IS NOT NULL {only})"""

# The monthly benefits that run, with every adjustment and the payments of late.
_MONTHLY = """
  (SELECT json_agg(json_build_array(
            m.regime, m.from_date, m.to_date, m.amount, m.account_number, m.bank,
            (SELECT json_agg(json_build_array(e.kind, e.from_date, e.amount, e.note)
                             ORDER BY e.from_date DESC)
             FROM insurance_benefitentry e
             WHERE e.number = m.number AND e.benefit_id = m.id
               AND (e.kind = 'adjustment' OR e.from_date > now() - interval '100 days')))
          ORDER BY m.from_date)
   FROM insurance_benefit m
   WHERE m.number = %(number)s AND m.kind = 'hang-thang'
     AND (m.to_date IS NULL OR m.to_date >= (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date))"""

HOME = f"""
SELECT
  p.full_name, p.birth_date, p.birth_date_precision, p.id_kind, p.id_number, p.phone,
  p.died_on,{_PLACES},
  (SELECT json_agg(json_build_array({_CARD}) ORDER BY c.valid_from DESC)
   FROM insurance_card c WHERE c.number = p.number),
  (SELECT json_agg(json_build_array(
            b.state, b.from_month, b.to_month, b.employer_name, b.kind) ORDER BY b.from_month)
   FROM insurance_contributionperiod b WHERE b.number = p.number AND b.fund = 'bhxh'),
  {_SETTLED.format(only="")},
{_MONTHLY},
  (SELECT json_agg(json_build_array(g.id, g.child_number, g.child_name) ORDER BY g.id)
   FROM people_guardianship g
   WHERE g.number = p.number
     AND (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
         BETWEEN g.from_date AND coalesce(g.to_date, 'infinity')
     AND g.frozen_at IS NULL),
  (SELECT json_agg(json_build_array(h.id, h.owner_number, h.owner_name) ORDER BY h.id)
   FROM people_share h
   WHERE h.number = p.number AND h.ended_at IS NULL AND h.accepted_at IS NOT NULL
     AND h.ends_at > now())
FROM people_person p{_PLACE_NAMES}
WHERE p.number = %(number)s
"""  # noqa: S608 - put together from constants

CARDS = f"""
SELECT p.full_name, p.birth_date, p.birth_date_precision, p.sex,{_PLACES},
  p.died_on, {_LAST_JOB},{_CARD}, c.id
FROM people_person p{_PLACE_NAMES}
LEFT JOIN insurance_card c ON c.number = p.number
WHERE p.number = %(number)s
ORDER BY c.valid_from DESC
"""  # noqa: S608 - put together from constants

CONTRIBUTIONS = f"""
SELECT b.state, b.from_month, b.to_month, b.employer_name, b.kind, b.occupation, b.position,
  b.workplace, b.currency, b.salary, b.wage, b.wage_region, b.id,
  {_SETTLED.format(only="AND %(fund)s = 'bhxh'")}
FROM insurance_contributionperiod b
WHERE b.number = %(number)s AND b.fund = %(fund)s
ORDER BY b.from_month DESC, b.to_month DESC
"""  # noqa: S608 - put together from constants

WORKING_LIFE = f"""
SELECT p.birth_date, p.birth_date_precision, p.sex,
  {_SETTLED.format(only="")},
  (SELECT json_agg(json_build_array(
            u.from_date, coalesce(u.months, 0), u.to_date, u.amount,
            (SELECT json_agg(json_build_array(e.kind, e.from_date, e.amount, e.note))
             FROM insurance_benefitentry e
             WHERE e.number = u.number AND e.benefit_id = u.id)) ORDER BY u.from_date)
   FROM insurance_benefit u WHERE u.number = %(number)s AND u.kind = 'bhtn'),
  (SELECT max(c.valid_to) FROM insurance_card c
   WHERE c.number = %(number)s AND c.group_code = 'GD'),{_MONTHLY},
  b.fund, b.state, b.from_month, b.to_month, b.employer_name, b.kind, b.occupation, b.position,
  b.workplace, b.currency, b.salary, b.wage, b.wage_region, b.id
FROM people_person p
LEFT JOIN insurance_contributionperiod b
  ON b.number = p.number AND b.fund IN ('bhxh', 'bhtn')
WHERE p.number = %(number)s
ORDER BY b.from_month DESC, b.to_month DESC
"""  # noqa: S608 - put together from constants

FUNDS_WITH_PERIODS = """
SELECT DISTINCT fund FROM insurance_contributionperiod WHERE number = %(number)s
"""

KINDS_WITH_BENEFITS = """
SELECT DISTINCT kind FROM insurance_benefit WHERE number = %(number)s
"""

BENEFITS = """
SELECT b.id, b.kind, b.regime, b.decision_number, b.decision_date, b.from_date, b.to_date,
  b.employer_name, b.amount, b.account_number, b.bank, b.impairment_percent, b.months,
  (SELECT json_agg(json_build_array(e.kind, e.from_date, e.amount, e.note)
                   ORDER BY e.from_date DESC)
   FROM insurance_benefitentry e WHERE e.number = b.number AND e.benefit_id = b.id)
FROM insurance_benefit b
WHERE b.number = %(number)s AND b.kind = %(kind)s
ORDER BY b.from_date DESC
"""

UNEMPLOYMENT = """
SELECT
  (SELECT json_agg(json_build_array(
            b.id, b.kind, b.regime, b.decision_number, b.decision_date, b.from_date, b.to_date,
            b.employer_name, b.amount, b.account_number, b.bank, b.impairment_percent, b.months,
            (SELECT json_agg(json_build_array(e.kind, e.from_date, e.amount, e.note)
                             ORDER BY e.from_date DESC)
             FROM insurance_benefitentry e
             WHERE e.number = b.number AND e.benefit_id = b.id)) ORDER BY b.from_date DESC)
   FROM insurance_benefit b WHERE b.number = %(number)s AND b.kind = 'bhtn'),
  (SELECT json_agg(json_build_array(
            c.state, c.from_month, c.to_month, c.employer_name, c.kind) ORDER BY c.from_month)
   FROM insurance_contributionperiod c WHERE c.number = %(number)s AND c.fund = 'bhtn')
"""

VISITS = """
SELECT v.id, v.facility_name, v.entered_at, v.disease_code, v.disease_name, v.total
FROM insurance_visit v WHERE v.number = %(number)s
ORDER BY v.entered_at DESC, v.id
"""

MEDICAL_BOOK = """
WITH years AS (
  SELECT DISTINCT extract(year FROM entered_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::int AS year
  FROM insurance_visit WHERE number = %(number)s
), chosen AS (
  SELECT coalesce(
    %(year)s::int, max(year), extract(year FROM now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::int
  ) AS year FROM years
)
SELECT chosen.year, (SELECT array_agg(year ORDER BY year DESC) FROM years),
  v.id, v.facility_code, v.facility_name, v.department, v.entered_at, v.left_at, v.visit_kind,
  v.disease_code, v.disease_name, v.paid_on, v.total, v.insurance_paid, v.co_paid, v.self_paid,
  v.other_source,
  (SELECT json_agg(json_build_array(
            c.line, c.code, c.name, c.unit, c.quantity::text, c.unit_price, c.benefit_rate,
            c.amount, c.insurance_paid, c.co_paid, c.self_paid, c.other_source) ORDER BY c.line)
   FROM insurance_visitcost c WHERE c.number = v.number AND c.visit_id = v.id),
  (SELECT json_agg(json_build_array(i.serial, i.kind, i.issued_on, i.state) ORDER BY i.issued_on)
   FROM insurance_issuedpaper i WHERE i.number = v.number AND i.visit_id = v.id)
FROM chosen
LEFT JOIN insurance_visit v
  ON v.number = %(number)s
  AND v.entered_at >= make_timestamptz(chosen.year, 1, 1, 0, 0, 0, 'Asia/Ho_Chi_Minh')
  AND v.entered_at < make_timestamptz(chosen.year + 1, 1, 1, 0, 0, 0, 'Asia/Ho_Chi_Minh')
ORDER BY v.entered_at DESC, v.id
"""
