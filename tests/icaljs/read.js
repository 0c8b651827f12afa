// What Thunderbird and Nextcloud read in a calendar: its method, and the events with their moments.
// Input: a JSON list of iCalendar texts. Output: a JSON list of the same length.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const read = (text) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return {
    method: calendar.getFirstPropertyValue("method"),
    events: calendar.getAllSubcomponents("vevent").map((one) => {
      const event = new ICAL.Event(one);
      return {
        uid: event.uid,
        sequence: event.sequence,
        status: one.getFirstPropertyValue("status"),
        starts: event.startDate.toJSDate().toISOString(),
        ends: event.endDate.toJSDate().toISOString(),
      };
    }),
  };
};

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
