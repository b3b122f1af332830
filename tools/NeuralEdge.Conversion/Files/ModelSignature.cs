namespace NeuralEdge.Conversion.Files;

/// <summary>What the outputs of a model mean.</summary>
public enum ModelTask
{
    /// <summary>Each output is a quantity.</summary>
    Regression = 0,

    /// <summary>Each output stands for a class; the largest wins.</summary>
    Classification = 1,
}

/// <summary>Name, unit and scale of an input: value = Offset + Scale * raw.</summary>
/// <param name="Name">Name, not empty.</param>
/// <param name="Unit">Unit, may be empty.</param>
/// <param name="Scale">Value of one raw step; finite and not 0.</param>
/// <param name="Offset">Value at raw 0.</param>
/// <param name="Minimum">Smallest value the model is made for.</param>
/// <param name="Maximum">Largest value the model is made for.</param>
public sealed record ModelInput(string Name, string Unit, double Scale, double Offset, double Minimum, double Maximum)
{
    /// <summary>The raw integer nearest to a value, ties up, not limited to the input's range.</summary>
    /// <param name="value">A value in the input's unit.</param>
    public double ToRaw(double value) => Math.Floor(((value - Offset) / Scale) + 0.5);

    /// <summary>True when a value lies in the range the model is made for, or at an end of it by rounding.</summary>
    /// <param name="value">A value in the input's unit.</param>
    public bool Covers(double value)
    {
        double rounding = Math.Abs(Scale) / 2;
        return value >= Minimum - rounding && value <= Maximum + rounding;
    }

    /// <summary>The value of a raw integer.</summary>
    /// <param name="raw">Raw input.</param>
    public double ToValue(double raw) => Offset + (Scale * raw);
}

/// <summary>Name, unit and scale of an output: value = Offset + Scale * raw.</summary>
/// <param name="Name">Name, not empty; the class of a classifier.</param>
/// <param name="Unit">Unit, may be empty.</param>
/// <param name="Scale">Value of one raw step; finite and not 0.</param>
/// <param name="Offset">Value at raw 0.</param>
public sealed record ModelOutput(string Name, string Unit, double Scale, double Offset)
{
    /// <summary>The value of a raw integer.</summary>
    /// <param name="raw">Raw output.</param>
    public double ToValue(double raw) => Offset + (Scale * raw);
}

/// <summary>What a model takes and gives: the section "labels" of a model file (FORMAT.md, section 5).</summary>
/// <param name="Task">What the outputs mean.</param>
/// <param name="Inputs">One for each input.</param>
/// <param name="Outputs">One for each output.</param>
public sealed record ModelSignature(ModelTask Task, ModelInput[] Inputs, ModelOutput[] Outputs);
