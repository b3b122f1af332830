using NeuralEdge.Conversion.Files;

namespace NeuralEdge.Studio.Watching;

/// <summary>Inputs that somebody tries, with what the desktop and the board make of them.</summary>
public sealed class Question
{
    private readonly ModelFile _model;
    private readonly PinDecision _pins;
    private int[]? _asked;

    /// <summary>A question in the middle of all ranges.</summary>
    /// <param name="model">The model, which belongs to the question.</param>
    public Question(ModelFile model)
    {
        _model = model;
        Values = [.. model.Inputs.Select((input, i) => (model.LeastOf(i) + input.Maximum) / 2)];
        Desktop = model.Run(model.ToRaw(Values));
        _pins = new PinDecision(model);
        _pins.Decide(Desktop);
    }

    /// <summary>Which model it is about.</summary>
    public uint Digest => _model.Model.Digest;

    /// <summary>The inputs, in their units.</summary>
    public double[] Values { get; }

    /// <summary>The desktop's integers.</summary>
    public int[] Desktop { get; private set; }

    /// <summary>The board's integers for the same inputs; null while it is asked.</summary>
    public int[]? Board { get; private set; }

    /// <summary>The outputs in their units.</summary>
    public double[] Outputs => _model.ToValues(Desktop);

    /// <summary>The output that is the largest.</summary>
    public int Class => _model.ClassOf(Desktop);

    /// <summary>Whether both are the same, bit for bit; null while the board is asked.</summary>
    public bool? IsEqual => Board?.SequenceEqual(Desktop);

    /// <summary>True while the board has not answered for these inputs.</summary>
    public bool IsOpen => Board is null;

    /// <summary>Changes an input.</summary>
    /// <param name="input">Which, from 0.</param>
    /// <param name="value">In its unit; limited to its range, as the board does.</param>
    public void Set(int input, double value)
    {
        Values[input] = Math.Clamp(value, _model.LeastOf(input), _model.Inputs[input].Maximum);
        Desktop = _model.Run(_model.ToRaw(Values));
        _pins.Decide(Desktop);
        (Board, _asked) = (null, null);
    }

    /// <summary>Whether the rules would have an output's pin on, its times apart; null when it has none.</summary>
    /// <param name="output">Which output, from 0.</param>
    public bool? IsOn(int output) => _pins.IsOn(output);

    /// <summary>The raw inputs to ask the board about.</summary>
    public int[] Ask() => _asked = _model.ToRaw(Values);

    /// <summary>Takes what the board answered; an answer to older inputs is none.</summary>
    /// <param name="raw">What it was asked.</param>
    /// <param name="outputs">What it answered.</param>
    public void Take(int[] raw, int[] outputs) => Board = ReferenceEquals(raw, _asked) ? outputs : Board;
}
