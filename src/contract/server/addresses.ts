import { BlockList, isIP } from "node:net";

/** Whether the list contains the address; no list contains an unknown address. */
export type AddressList = (address: string | undefined) => boolean;

/** Reads `10.0.0.7, 192.168.0.0/16, 2001:db8::/32`. Undefined when any part is neither an address nor a network. */
export function parseAddressList(text: string): AddressList | undefined {
  const list = new BlockList();
  const known = text.split(",").map((part) => addAddress(list, part.trim()));
  if (known.includes(false)) return undefined;
  return (address = "") => isIP(address) !== 0 && list.check(address, familyOf(address));
}

function addAddress(list: BlockList, part: string): boolean {
  const [address = "", prefix, ...rest] = part.split("/");
  if (isIP(address) === 0 || rest.length > 0) return false;
  const family = familyOf(address);
  if (prefix === undefined) list.addAddress(address, family);
  else if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > (family === "ipv4" ? 32 : 128)) return false;
  else list.addSubnet(address, Number(prefix), family);
  return true;
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 4 ? "ipv4" : "ipv6";
}
