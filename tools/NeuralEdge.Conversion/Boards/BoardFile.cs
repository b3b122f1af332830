using System.Globalization;
using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Boards;

/// <summary>
/// A BOARD.json: which sensor is on which ADC channel, which load on which pin, and when it switches.
/// <c>{"periodMs":100,"inputs":[{"name":"soil","adc":6,"oversample":16}],
/// "outputs":[{"name":"pump","pin":18,"on":0.6,"off":0.4,"minOnMs":1000,"minOffMs":1000,"activeLow":false}]}</c>.
/// An output with <c>"argmax":true</c> (or <c>"rule":"argmax"</c>) is on while its class is the likeliest; an input
/// may have <c>counts</c> and <c>values</c>, and with <c>"sensor":0</c> in place of <c>adc</c> it is a value of a digital sensor. With <c>"onSaturation":"safe"</c> the outputs go safe while a value inside the
/// network meets its ceiling; without, the board goes on and counts it. <c>"onUnfamiliar":"safe"</c> does so while the inputs are
/// unlike those the model was trained on. <c>maxOnMs</c> and <c>restMs</c> limit how long a load is
/// on, <c>group</c> and <c>deadTimeMs</c> keep loads apart, <c>plausible</c> and <c>frozenMs</c> say how a broken sensor is known.
/// <c>"chip":"esp32-s3"</c> names the chip, the classic ESP32 when it is left out; pins that would harm the board are refused by name.
/// <c>"decisions":{"average":8,"votes":5,"confidence":0.8,"quietMs":2000}</c> decides by the last few inferences.
/// </summary>
public sealed class BoardFile
{
    private const int MaximumBytes = 1024 * 1024;
    private const int ShortestPeriodMs = 10;
    private const int LongestPeriodMs = 3_600_000;

    private readonly bool _namesChip;
    private readonly BoardOutputEntry[]? _outputs;

    private BoardFile(string name, Chip chip, bool namesChip, BoardInput[]? inputs, BoardOutputEntry[]? outputs)
    {
        Name = name;
        Chip = chip;
        _namesChip = namesChip;
        Inputs = inputs;
        _outputs = outputs;
    }

    /// <summary>The file as the user named it.</summary>
    public string Name { get; }

    /// <summary>The chip it is for; the classic ESP32 when it names none.</summary>
    public Chip Chip { get; }

    /// <summary>Period of the loop in milliseconds, 0 when the file leaves it to the board.</summary>
    public int PeriodMs { get; private init; }

    /// <summary>True when outputs go safe while a value inside the network meets its ceiling.</summary>
    public bool SaturationIsFault { get; private init; }

    /// <summary>True when outputs go safe while inputs are unlike those the model was trained on.</summary>
    public bool UnfamiliarIsFault { get; private init; }

    /// <summary>Milliseconds from one output of a group going off to another one going on.</summary>
    public int DeadTimeMs { get; private init; }

    /// <summary>How the last few decisions become one; null when the last one is it.</summary>
    public RecentDecisions? Decisions { get; private init; }

    /// <summary>The sensors, null when the file leaves them to the default wiring.</summary>
    public IReadOnlyList<BoardInput>? Inputs { get; }

    /// <summary>False when the file leaves the loads to the default wiring.</summary>
    public bool HasOutputs => _outputs is not null;

    /// <summary>True when a pin follows the largest output, false when every pin has thresholds, null when the file says neither.</summary>
    public bool? FollowsLargest => Array.Exists(Loads, load => load.Output.ArgMax) ? true
        : Loads.Length > 0 && Array.TrueForAll(Loads, load => load.HasRule) ? false
        : null;

    /// <summary>True when a pin has levels of its own, "on" and "off".</summary>
    public bool HasLevels => Array.Exists(Loads, load => load.HasRule && !load.Output.ArgMax);

    private BoardOutputEntry[] Loads => _outputs ?? [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputRefusedException">The file describes no board that would work; the sentence says where.</exception>
    public static BoardFile Read(string path)
    {
        return Parse(TextFile.Read(path, MaximumBytes), path);
    }

    /// <summary>Reads a board from JSON text.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="name">What the sentences of refusals call it.</param>
    /// <exception cref="InputRefusedException">The text describes no board that would work.</exception>
    public static BoardFile Parse(string text, string name)
    {
        JsonInput root = JsonInput.Parse(text, name).RequireObject("chip", "periodMs", "onSaturation", "onUnfamiliar", "deadTimeMs", "decisions", "inputs", "outputs");
        Chip chip = BoardPins.Read(root["chip"]);
        int periodMs = root["periodMs"].Exists ? root["periodMs"].Integer(ShortestPeriodMs, LongestPeriodMs) : 0;
        bool saturationIsFault = root["onSaturation"].Exists && ReadDoubt(root["onSaturation"]);
        bool unfamiliarIsFault = root["onUnfamiliar"].Exists && ReadDoubt(root["onUnfamiliar"]);
        int deadTimeMs = root["deadTimeMs"].Exists ? root["deadTimeMs"].Integer(0, Safeguards.MaxDeadTimeMs) : Safeguards.DefaultDeadTimeMs;
        BoardInput[]? inputs = root["inputs"].Exists ? BoardInputEntry.ReadAll(root["inputs"], chip) : null;
        BoardOutputEntry[]? outputs = root["outputs"].Exists ? BoardOutputEntry.ReadAll(root["outputs"], chip, inputs ?? []) : null;
        return new BoardFile(name, chip, root["chip"].Exists, inputs, outputs)
        {
            PeriodMs = periodMs,
            SaturationIsFault = saturationIsFault,
            UnfamiliarIsFault = unfamiliarIsFault,
            DeadTimeMs = deadTimeMs,
            Decisions = BoardDecisions.Read(root["decisions"]),
        };
    }

    /// <summary>The wiring of a model by this file; what the file leaves out takes channels and pins in order.</summary>
    /// <param name="model">The model whose inputs and outputs the file must name.</param>
    /// <param name="classifies">True when the outputs are classes: they follow arg-max unless the file says otherwise.</param>
    /// <param name="wiring">What the board says about its pins; null: the file alone does.</param>
    /// <exception cref="InputRefusedException">A name is not the model's, an input is missing, an output has no rule, or the board says otherwise.</exception>
    public BoardSpec For(FloatModel model, bool classifies, BoardWiring? wiring = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        RequireChip(wiring);
        int[] channels = DefaultWiring.FreeChannels(Chip, Loads, wiring);
        if (Inputs is null && DefaultWiring.AnalogCount(model) > channels.Length)
        {
            throw new InputRefusedException(
                $"{Name} names no inputs, and the model's {DefaultWiring.AnalogCount(model)} are more than the {channels.Length} ADC channels; list the inputs that are wired.");
        }

        BoardInput[] inputs = Inputs is null ? DefaultWiring.InputsOf(model, channels) : [.. Inputs];
        RequireKnown("input", inputs.Select(i => i.Name), model.Inputs.Select(i => i.Name), "make the names equal");
        RequireKnown("output", Loads.Select(load => load.Output.Name), model.Outputs.Select(o => o.Name), OutputCure(classifies));
        foreach (InputSpec input in model.Inputs)
        {
            if (!Array.Exists(inputs, i => i.Name == input.Name))
            {
                throw new InputRefusedException(
                    $"{Name} has no input {NumberText.Quote(input.Name)}, which the model needs; add it with its ADC channel{(IsOutput(input.Name) ? "; it is an output there: learn it too, or train with --ignore" : ", or leave it out of the training with --ignore")}.");
            }
        }

        BoardOutput[] outputs = HasOutputs
            ? [.. Loads.Select((load, i) => WithRule(load, i, wiring, classifies))]
            : DefaultWiring.OutputsOf(model, Chip, classifies, wiring);
        return BoardDecisions.On(new BoardSpec(PeriodMs, inputs, outputs, SaturationIsFault, DeadTimeMs, UnfamiliarIsFault, Chip.Name), Decisions, model);
    }

    /// <summary>Compares the outputs of this file with what a board says about its pins: that needs no model.</summary>
    /// <param name="wiring">What the board says.</param>
    /// <exception cref="InputRefusedException">The board has another chip, does not drive a pin, or its load runs at the other level.</exception>
    public void RequireAllowed(BoardWiring wiring)
    {
        ArgumentNullException.ThrowIfNull(wiring);
        RequireChip(wiring);
        foreach (BoardOutputEntry load in Loads)
        {
            load.On(wiring);
        }
    }

    /// <summary>Compares the chip of this file with that of a board: the same numbers are other pins on another chip.</summary>
    /// <param name="wiring">What the board says; null, and a board that does not say its chip, suit every file.</param>
    /// <exception cref="InputRefusedException">It is another chip.</exception>
    public void RequireChip(BoardWiring? wiring)
    {
        if (wiring?.Chip is Chip there && !BoardPins.AreAlike(there, Chip))
        {
            throw new InputRefusedException(_namesChip
                ? $"{Name} is for an {Chip.Title}, and {wiring.Name} is an {there.Title}; connect the other board, or write \"chip\": \"{there.Name}\" and wire it for that."
                : $"{Name} names no chip, which means an {Chip.Title}, and {wiring.Name} is an {there.Title}; write \"chip\": \"{there.Name}\" into it and wire it for that.");
        }
    }

    private static bool ReadDoubt(JsonInput at) => at.Text(Names.MostBytes) switch
    {
        "safe" => true,
        "continue" => false,
        string other => throw at.Refuse($"is {NumberText.Quote(other)}; known are safe and continue"),
    };

    private bool IsOutput(string name) => Array.Exists(Loads, load => load.Output.Name == name);

    private BoardOutput WithRule(BoardOutputEntry load, int index, BoardWiring? wiring, bool classifies)
    {
        BoardOutput output = wiring is null ? load.Output : load.On(wiring);
        return load.HasRule ? output
            : classifies ? output with { ArgMax = true }
            : throw new InputRefusedException($"{Name}: outputs[{index}] does not say when to switch; give \"on\" and \"off\" in the unit of {NumberText.Quote(output.Name)}.");
    }

    // A table has a column for each load, and one of them alone was learned.
    private string OutputCure(bool classifies)
    {
        string all = $"train learns all that it wires with --target {string.Join(",", Loads.Select(load => load.Output.Name))}";
        return classifies
            ? $"a classifier's outputs are its classes: name these in the board file, or if the loads are columns of the table, {all} --task regress"
            : $"name these in the board file, or if the loads are columns of the table, {all}";
    }

    private void RequireKnown(string what, IEnumerable<string> named, IEnumerable<string> known, string cure)
    {
        string[] names = [.. known];
        foreach (string name in named)
        {
            if (!names.Contains(name, StringComparer.Ordinal))
            {
                throw new InputRefusedException($"{Name} wires the {what} {NumberText.Quote(name)}, but the model's {what}s are {string.Join(", ", names.Take(20))}; {cure}.");
            }
        }
    }
}
