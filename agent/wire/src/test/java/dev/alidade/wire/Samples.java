package dev.alidade.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnknownFieldSet;
import dev.alidade.wire.proto.Ack;
import dev.alidade.wire.proto.Action;
import dev.alidade.wire.proto.Alert;
import dev.alidade.wire.proto.AlertState;
import dev.alidade.wire.proto.Command;
import dev.alidade.wire.proto.Cursor;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.End;
import dev.alidade.wire.proto.Features;
import dev.alidade.wire.proto.Gap;
import dev.alidade.wire.proto.Hello;
import dev.alidade.wire.proto.Histogram;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.LayerFeatures;
import dev.alidade.wire.proto.LayerLayout;
import dev.alidade.wire.proto.LayerNumbers;
import dev.alidade.wire.proto.LayerObservations;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.LayerUnits;
import dev.alidade.wire.proto.Layouts;
import dev.alidade.wire.proto.Note;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Observations;
import dev.alidade.wire.proto.Outcome;
import dev.alidade.wire.proto.Picture;
import dev.alidade.wire.proto.Quality;
import dev.alidade.wire.proto.Quantity;
import dev.alidade.wire.proto.Refusal;
import dev.alidade.wire.proto.Scope;
import dev.alidade.wire.proto.Severity;
import dev.alidade.wire.proto.Stored;
import dev.alidade.wire.proto.Subscribe;
import dev.alidade.wire.proto.Top;
import dev.alidade.wire.proto.Units;
import dev.alidade.wire.proto.Welcome;
import java.util.LinkedHashMap;
import java.util.Map;

/** One frame of every kind, with hostile names and awkward numbers in them. */
final class Samples {
  static final Origin ORIGIN =
      new Origin(new RunId("01JD4Q5ZC0G8J6K2M4N6P8R0T2"), 3, 1_790_000_000_123L);
  private static final long ITERATION = 4_294_967_301L;
  private static final long TIME = 1_790_000_123_456L;

  private Samples() {}

  static Map<String, Frame> all() {
    Map<String, Frame> frames = new LinkedHashMap<>();
    put(frames, Kind.KIND_HELLO, Hello.newBuilder().setAgentVersion("0.1.0").setName("mnist ∂"));
    put(
        frames,
        Kind.KIND_WELCOME,
        Welcome.newBuilder()
            .addStored(Stored.newBuilder().setKind(Kind.KIND_NUMBERS).setSeq(41))
            .setMostFrameBytes(Frame.MOST_BYTES)
            .setCreditBytes(8 << 20));
    put(
        frames,
        Kind.KIND_ACK,
        Ack.newBuilder().addStored(Stored.newBuilder().setKind(Kind.KIND_PICTURE).setSeq(40)));
    put(frames, Kind.KIND_REFUSAL, Refusal.newBuilder().setReason("run must be one: two"));
    put(frames, Kind.KIND_SUBSCRIBE, Subscribe.newBuilder().setAfter(1L << 53).setPictures(true));
    put(frames, Kind.KIND_CURSOR, Cursor.newBuilder().setPosition(977).setCoalesced(12));
    put(frames, Kind.KIND_DESCRIPTION, description());
    put(frames, Kind.KIND_NUMBERS, numbers());
    put(frames, Kind.KIND_UNITS, units());
    put(frames, Kind.KIND_PICTURE, picture());
    put(frames, Kind.KIND_OBSERVATIONS, observations());
    put(
        frames,
        Kind.KIND_COMMAND,
        Command.newBuilder()
            .setId(7)
            .setBy("rule dying-fast")
            .setAction(Action.ACTION_BURST)
            .setEvery(1)
            .setIterations(200));
    put(frames, Kind.KIND_OUTCOME, Outcome.newBuilder().setId(7).setText("no consent"));
    put(frames, Kind.KIND_LAYOUTS, layouts());
    put(frames, Kind.KIND_ALERT, alert());
    put(frames, Kind.KIND_FEATURES, features());
    put(frames, Kind.KIND_GAP, Gap.newBuilder().setFromSeq(7).setToSeq(9).setReason("queue_full"));
    put(frames, Kind.KIND_NOTE, Note.newBuilder().setText("lr ÷ 10").setSource("user"));
    put(frames, Kind.KIND_END, End.newBuilder().setReason("closed"));
    return frames;
  }

  private static void put(Map<String, Frame> frames, Kind kind, MessageLite.Builder payload) {
    String name = kind.name().substring("KIND_".length()).toLowerCase(java.util.Locale.ROOT);
    frames.put(name, Frame.encode(ORIGIN, kind, 42, ITERATION, TIME, payload.build()));
  }

  private static Description.Builder description() {
    return Description.newBuilder()
        .setName("<img src=x onerror=alert(1)>")
        .setFramework("deeplearning4j 1.0.0-M2.1")
        .setModel("MultiLayerNetwork")
        .setEvery(10)
        .addLayers(
            Layer.newBuilder()
                .setName("dense \"1\"")
                .setType("DenseLayer")
                .setUnits(4)
                .setActivation("relu")
                .addShape(4)
                .addInputs("input")
                .setPostDropout(true))
        .addQuantities(
            Quantity.newBuilder()
                .setId("zero_share")
                .setName("Zeros")
                .setUnit("ratio")
                .setMeaning("Share of values that are exactly zero.")
                .setScope(Scope.SCOPE_LAYER)
                .setHigh(1)
                .setGroup("Sparsity"))
        .addGroups("0")
        .addGroups("1")
        .putSettings("every", "10")
        .setStartedMillis(TIME);
  }

  private static Numbers.Builder numbers() {
    return Numbers.newBuilder()
        .setEpoch(2)
        .setScore(0.125)
        .setOffered(44)
        .putDropped("queue_full", 2)
        .addRunValues(12.5f)
        .addLayers(
            LayerNumbers.newBuilder()
                .setRows(128)
                .setRowsPresent(256)
                .addValues(0.5f)
                .addValues(Float.NaN)
                .addValues(Float.POSITIVE_INFINITY)
                .addValues(Float.MIN_VALUE)
                .setHistogram(
                    Histogram.newBuilder()
                        .setZeros(256)
                        .setNans(1)
                        .setPositiveFirst(120)
                        .addPositive(3)
                        .addPositive(0)
                        .addPositive(1L << 40))
                .addTop(Top.newBuilder().setValue(-3.5f).setUnit(2).setRow(17)));
  }

  private static Units.Builder units() {
    return Units.newBuilder()
        .addLayers(
            LayerUnits.newBuilder()
                .setMean(Tensors.f32(new float[] {0, -1.5f, Float.NaN, 1e-40f}, 4))
                .setStd(Tensors.f32(new float[] {0, 1, 2, 3}, 4))
                .setNonZero(Tensors.f32(new float[] {0, .25f, .5f, 1}, 4))
                .setMaxAbs(Tensors.f32(new float[] {0, 9, 8, 7}, 4)));
  }

  private static Picture.Builder picture() {
    return Picture.newBuilder()
        .addLayers(
            LayerPicture.newBuilder()
                .setPositions(
                    Tensors.u16(new float[] {-1, 1, 0, 0.5f, 2, -2, 1.5f, -.5f}, -2, 2, 4, 2))
                .setValues(Tensors.u8(new float[] {0, 1, 2, 3}, 0, 3, 4))
                .setProfiles(Tensors.u8(new float[] {-1, 1, 0, 0.5f, 1, -1, 0, -.5f}, -1, 1, 2, 4))
                .setState(ByteString.copyFrom(new byte[] {0, 1, 0, 2}))
                .setValueRange(3)
                .setProfileRange(1)
                .setQuality(Quality.newBuilder().setTrustworthiness(.93f).setDrift(.02f))
                .setLayout("live")
                .setTick(9));
  }

  private static Observations.Builder observations() {
    return Observations.newBuilder()
        .addLayers(
            LayerObservations.newBuilder()
                .setActivations(Tensors.f32(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 4))
                .setLabels(Tensors.f32(new float[] {1, -1}, 2)));
  }

  private static Layouts.Builder layouts() {
    return Layouts.newBuilder()
        .addLayers(
            LayerLayout.newBuilder()
                .setLayer(1)
                .setMethod("umap+pso")
                .setDistance("cosine")
                .setBasis("profiles")
                .setPositions(Tensors.u16(new float[] {-1, 0, 1, 0, 0, 2}, -4, 4, 3, 2))
                .setState(ByteString.copyFrom(new byte[] {0, 1, 2}))
                .setQuality(Quality.newBuilder().setTrustworthiness(.75f).setDrift(Float.NaN))
                .setSeconds(2.5f));
  }

  private static Features.Builder features() {
    return Features.newBuilder()
        .addLayers(
            LayerFeatures.newBuilder()
                .setMaps(Tensors.u8(new float[] {0, 1, 2, 3, -1, -2, -3, 0}, -3, 3, 2, 2, 2))
                .setRange(3)
                .setInput(Tensors.u8(new float[] {0, 1}, 0, 1, 1, 1, 2))
                .setExample("row 3, class ∂"));
  }

  private static Alert.Builder alert() {
    return Alert.newBuilder()
        .setId("massive-onset/dense ∂/4210")
        .setRule("massive-onset")
        .setSeverity(Severity.SEVERITY_WARNING)
        .setState(AlertState.ALERT_STATE_FIRING)
        .setSubject("dense ∂")
        .setLayer(0)
        .setSinceIteration(4210)
        .setSinceMillis(TIME)
        .setQuantity("massive_ratio")
        .setValue(Double.POSITIVE_INFINITY)
        .setBefore(Double.NaN)
        .setLimit(100)
        .setSummary("massive_ratio above 100")
        .addTop(Top.newBuilder().setValue(-7).setUnit(3).setRow(1))
        .setEvaluatedBy("server");
  }

  /** What a later version may send: a field that this schema does not know. */
  static Frame fromTheFuture() {
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(500, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
            .build();
    Note note = Note.newBuilder().setText("later").setUnknownFields(unknown).build();
    return Frame.encode(ORIGIN, Kind.KIND_NOTE, 43, ITERATION, TIME, note);
  }
}
