-- Sends the requests of a file in turn, and says in one line what came of it.
-- With "once" no request is sent twice: what is done cannot be done again.

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  requests, at, once, exhausted = {}, 0, args[2] == "once", false
  local file = assert(io.open(args[1], "rb"))
  while true do
    local length = file:read("*n")
    if not length then break end
    file:read(1)
    requests[#requests + 1] = file:read(length)
  end
  file:close()
end

function request()
  at = at + 1
  if at > #requests then
    exhausted = once
    at = 1
  end
  return requests[at]
end

function done(summary, latency)
  local ran_out = false
  for _, thread in ipairs(threads) do
    ran_out = ran_out or thread:get("exhausted")
  end
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.6f, "p50": %.6f, "p99": %.6f, "failed": %d, "exhausted": %s}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e6, latency:percentile(99) / 1e6,
    errors.connect + errors.read + errors.write + errors.timeout + errors.status, tostring(ran_out)
  ))
end
