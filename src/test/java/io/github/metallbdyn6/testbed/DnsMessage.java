package io.github.metallbdyn6.testbed;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A DNS message (RFC 1035, section 4): a question, and what is said to it.
 *
 * @param id the number by which the answer finds its question
 * @param flags the second word of the header
 * @param name what is asked for
 * @param type of the records that are asked for
 * @param records the answer section
 */
public record DnsMessage(int id, int flags, String name, int type, List<byte[]> records) {
  private static final Map<String, Integer> TYPES =
      Map.of("A", 1, "CNAME", 5, "TXT", 16, "AAAA", 28);
  private static final int IN = 1;
  private static final int HEADER = 12;
  private static final int RESPONSE = 0x8180;
  private static final int TRUNCATED = 0x0200;
  private static final int POINTER = 0xc000;
  private static final int POINTER_TO_NAME = POINTER | HEADER;
  private static final int TTL = 30;

  /** Reads a question as it was sent. */
  static DnsMessage question(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int id = in.getShort() & 0xffff;
    in.position(HEADER);
    List<String> labels = new ArrayList<>();
    for (int length = in.get(); length > 0; length = in.get()) {
      byte[] label = new byte[length];
      in.get(label);
      labels.add(new String(label, StandardCharsets.US_ASCII));
    }
    return new DnsMessage(id, RESPONSE, String.join(".", labels), in.getShort(), List.of());
  }

  /** Returns this with one more AAAA or A record. */
  public DnsMessage with(String type, String address) {
    try {
      return with(type, InetAddress.getByName(address).getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Returns this with one more TXT record. */
  public DnsMessage withText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return with(
        "TXT", ByteBuffer.allocate(1 + bytes.length).put((byte) bytes.length).put(bytes).array());
  }

  /** Returns this with the record of an alias of this name. */
  public DnsMessage withAlias(String target) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeName(out, target);
    return with("CNAME", out.toByteArray());
  }

  private DnsMessage with(String recordType, byte[] data) {
    ByteBuffer out = ByteBuffer.allocate(HEADER + data.length);
    out.putShort((short) POINTER_TO_NAME).putShort(TYPES.get(recordType).shortValue());
    out.putShort((short) IN).putInt(TTL).putShort((short) data.length).put(data);
    List<byte[]> more = new ArrayList<>(records);
    more.add(out.array());
    return new DnsMessage(id, flags, name, type, more);
  }

  /**
   * Returns this with a record that is none: its name points to itself, and the rest is missing.
   */
  public DnsMessage withNonsense() {
    int here = bytes().length;
    List<byte[]> more = new ArrayList<>(records);
    more.add(ByteBuffer.allocate(2).putShort((short) (POINTER | here)).array());
    return new DnsMessage(id, flags, name, type, more);
  }

  /** Returns this with a response code, such as 3 for NXDOMAIN. */
  public DnsMessage withCode(int code) {
    return new DnsMessage(id, flags | code, name, type, records);
  }

  /** Returns this without room for all of it. */
  public DnsMessage truncated() {
    return new DnsMessage(id, flags | TRUNCATED, name, type, List.of());
  }

  /** Returns this as an answer to another question. */
  public DnsMessage withOtherId() {
    return new DnsMessage(id ^ 1, flags, name, type, records);
  }

  /** Returns this as an answer to a question for another name. */
  public DnsMessage withName(String other) {
    return new DnsMessage(id, flags, other, type, records);
  }

  /** Returns it as it is sent. */
  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    word(out, id, flags, 1, records.size(), 0, 0);
    writeName(out, name);
    word(out, type, IN);
    records.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static void writeName(ByteArrayOutputStream out, String name) {
    for (String label : name.split("\\.", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    out.write(0);
  }

  private static void word(ByteArrayOutputStream out, int... words) {
    for (int word : words) {
      out.write(word >> 8);
      out.write(word);
    }
  }

  @Override
  public String toString() {
    String typeName =
        TYPES.entrySet().stream()
            .filter(known -> known.getValue() == type)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("type " + type);
    return typeName + " " + name;
  }
}
