package dev.alidade.listener.capture;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A movable view of host memory. JavaCPP's pointers are immutable and one each time would be
 * garbage on the training thread, so this one moves. It owns nothing and frees nothing.
 */
final class Window extends BytePointer {
  Window() {
    super((Pointer) null);
  }

  /** Looks at {@code bytes} bytes from an address. */
  void at(long address, long bytes) {
    this.address = address;
    this.position = 0;
    this.limit = bytes;
    this.capacity = bytes;
  }
}
