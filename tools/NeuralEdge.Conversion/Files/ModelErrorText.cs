using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Files;

/// <summary>What a person reads when a model is refused, by a board or by this program.</summary>
public static class ModelErrorText
{
    /// <summary>What to do about a model that takes too much memory.</summary>
    public const string MemoryAdvice = "make it with fewer or narrower layers, go back to a smaller model with revert first, or raise ModelHeapBytes in the firmware's Tuning.cs";

    /// <summary>One sentence without a final stop: what is wrong, where, and what to do.</summary>
    /// <param name="error">Why the model was refused.</param>
    /// <param name="where">The number that comes with the error; its meaning depends on it.</param>
    /// <param name="sampled">What a sensor feeds in the model, "input" or "channel" of windows; null: nobody knows which.</param>
    public static string Describe(ModelError error, int where, string? sampled = null)
    {
        return error switch
        {
            ModelError.TooLarge => $"the model is larger than the limit of {where} bytes; make it with fewer or narrower layers, or with --profile compact",
            ModelError.Truncated => where > 0
                ? $"the file is not as long as it says ({where} bytes); it was cut short or something was added, so copy or make it again"
                : "the file is cut short; copy or make it again",
            ModelError.NotAModel => "this is not a NeuralEdge model (it does not begin with NEDG); give a .nedge file made by train or import",
            ModelError.Version => $"the model has format version {where}, but this reader knows versions {ModelFormat.FirstMajorVersion} and {ModelFormat.MajorVersion}; make it with a matching version of neuraledge",
            ModelError.Checksum => "the file is damaged (its CRC-32 does not match); copy or make it again",
            ModelError.Section => $"section {where} of the file is missing, repeated, unknown or of the wrong length; make the model again",
            ModelError.TooManyLayers => $"the model has more than {where} layers, the limit; make it shallower",
            ModelError.TooWide => $"a layer or the input is wider than the limit of {where}; make it narrower",
            ModelError.BadValue => $"the field at byte {where} of the file has a value that the format does not allow; make the model again",
            ModelError.Overflow => $"an accumulator could overflow in layer {where >> 16}, neuron {where & 0xFFFF}; make the model again with train or import",
            ModelError.Channel => $"{sampled ?? "input, or channel of windows,"} {where} is bound to an ADC channel that this board does not sample, or to a sensor that it has not; change \"adc\" or \"sensor\" in the board file",
            ModelError.Pin => $"output {where} is bound to a pin that this board must not drive, or to one that another output has; change \"pin\" in the board file",
            ModelError.Golden when where >= GoldenTest.FirstWindow => $"test window {where - GoldenTest.FirstWindow} gave other features than the model promises; make the model again, and if it stays, report it",
            ModelError.Golden => $"golden vector {where} came out differently from what the model promises; make the model again, and if it stays, report it",
            ModelError.OutOfMemory => "there is not enough memory to hold the model; make it smaller",
            ModelError.TooMuchMemory => $"the model takes more than the {where} bytes of memory that are free for it; {MemoryAdvice}",
            ModelError.Polarity => $"output {where} switches its load on at the other level than this board is wired for; change \"activeLow\" in the board file, or the board's Settings.cs if that is what is wrong",
            ModelError.Chip => "it is wired for another chip than the board has, and the same numbers are other pins there; write the board's \"chip\" into the board file, and make the model again",
            _ => $"unknown model error {(int)error} at {where}",
        };
    }
}
