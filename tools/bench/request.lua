-- What wrk sends: the body in the file that is named first, posted; its headers come by -H. With
-- a second file, each request also carries the consent to a list of requests, and its proof: line
-- 1 has how many requests a list has, line 2 the siblings of every proof, and each further line the
-- name of a list.
-- At the end one line of JSON says what was measured; latencies are in microseconds.
local lists, count, siblings
local head, body
local sent = 0

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

function init(arguments)
  wrk.method = "POST"
  wrk.body = read(arguments[1])
  if not arguments[2] then return end
  local lines = {}
  for line in read(arguments[2]):gmatch("[^\n]+") do lines[#lines + 1] = line end
  count, siblings = tonumber(lines[1]), lines[2]
  lists = { unpack(lines, 3) }
  local whole = wrk.format()
  local at = whole:find("\r\n\r\n", 1, true)
  head, body = whole:sub(1, at + 1), whole:sub(at + 2)
  request = function()
    local list = lists[math.floor(sent / count) + 1]
    local index = sent % count
    sent = sent + 1
    return head .. "X-Formsmith-Consent: " .. list .. "\r\nX-Formsmith-Proof: " .. index .. ":" .. siblings .. "\r\n" .. body
  end
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    'measured {"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"refused":%d,"broken":%d}',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout
  ))
end
