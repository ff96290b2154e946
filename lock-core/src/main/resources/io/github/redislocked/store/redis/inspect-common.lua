-- What the scripts share that say what there is of one lock: the first part of each of them.
-- Somebody else may have written to a lock, and what that is must not be taken for an answer.

-- A text that cannot look like more than one word; "?" if it could.
local function word(text)
  if #text > 200 or text == '-' or not string.match(text, '^[!-~]+$') then
    return '?'
  end
  return text
end

-- A number between the limits; 0 if there is none.
local function bounded(text, limit)
  local number = tonumber(text or 0)
  return number and number > -limit and number < limit and number or 0
end
