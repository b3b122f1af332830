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
    private const int LongestMinimumMs = Safeguards.MaxTimeMs;

    // No load is worth switching faster, and a rest that is hardly one makes no limit.
    private const int ShortestLimitMs = 100;

    // Two equal sums in a row are nothing unusual.
    private const int ShortestFrozenMs = 1000;
    private const int MostEntries = BoardLimits.WidestLayer;
    private const int MostOversampling = 256;
    private const double LargestThreshold = 1e12;

    // What a load does that nobody gave a rule: hysteresis around one half.
    private const double DefaultOn = 0.6;
    private const double DefaultOff = 0.4;

    private readonly bool _namesChip;
    private readonly BoardOutput[] _outputs;
    private readonly bool[] _hasRule;
    private readonly bool[] _saysPolarity;

    private BoardFile(string name, Chip chip, bool namesChip, int periodMs, bool saturationIsFault, bool unfamiliarIsFault, int deadTimeMs, BoardInput[]? inputs, BoardOutput[]? outputs, bool[] hasRule, bool[] saysPolarity)
    {
        _saysPolarity = saysPolarity;
        DeadTimeMs = deadTimeMs;
        Name = name;
        Chip = chip;
        _namesChip = namesChip;
        PeriodMs = periodMs;
        SaturationIsFault = saturationIsFault;
        UnfamiliarIsFault = unfamiliarIsFault;
        Inputs = inputs;
        HasOutputs = outputs is not null;
        _outputs = outputs ?? [];
        _hasRule = hasRule;
    }

    /// <summary>The file as the user named it.</summary>
    public string Name { get; }

    /// <summary>The chip it is for; the classic ESP32 when it names none.</summary>
    public Chip Chip { get; }

    /// <summary>Period of the loop in milliseconds, 0 when the file leaves it to the board.</summary>
    public int PeriodMs { get; }

    /// <summary>True when outputs go safe while a value inside the network meets its ceiling.</summary>
    public bool SaturationIsFault { get; }

    /// <summary>True when outputs go safe while inputs are unlike those the model was trained on.</summary>
    public bool UnfamiliarIsFault { get; }

    /// <summary>Milliseconds from one output of a group going off to another one going on.</summary>
    public int DeadTimeMs { get; }

    /// <summary>How the last few decisions become one; null when the last one is it.</summary>
    public RecentDecisions? Decisions { get; private init; }

    /// <summary>The sensors, null when the file leaves them to the default wiring.</summary>
    public IReadOnlyList<BoardInput>? Inputs { get; }

    /// <summary>False when the file leaves the loads to the default wiring.</summary>
    public bool HasOutputs { get; }

    /// <summary>True when a pin follows the largest output, false when every pin has thresholds, null when the file says neither.</summary>
    public bool? FollowsLargest => Array.Exists(_outputs, output => output.ArgMax) ? true
        : _outputs.Length > 0 && Array.TrueForAll(_hasRule, given => given) ? false
        : null;

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
        bool namesChip = root["chip"].Exists;
        int periodMs = root["periodMs"].Exists ? root["periodMs"].Integer(ShortestPeriodMs, LongestPeriodMs) : 0;
        bool saturationIsFault = root["onSaturation"].Exists && ReadDoubt(root["onSaturation"]);
        bool unfamiliarIsFault = root["onUnfamiliar"].Exists && ReadDoubt(root["onUnfamiliar"]);
        int deadTimeMs = root["deadTimeMs"].Exists ? root["deadTimeMs"].Integer(0, Safeguards.MaxDeadTimeMs) : Safeguards.DefaultDeadTimeMs;
        BoardInput[]? inputs = root["inputs"].Exists ? ReadInputs(root["inputs"], chip) : null;
        if (!root["outputs"].Exists)
        {
            return new BoardFile(name, chip, namesChip, periodMs, saturationIsFault, unfamiliarIsFault, deadTimeMs, inputs, null, [], []) { Decisions = BoardDecisions.Read(root["decisions"]) };
        }

        JsonInput at = root["outputs"].RequireArray(0, MostEntries, "outputs");
        BoardOutput[] outputs = new BoardOutput[at.Count];
        bool[] hasRule = new bool[at.Count];
        bool[] saysPolarity = new bool[at.Count];
        for (int i = 0; i < outputs.Length; i++)
        {
            (outputs[i], hasRule[i]) = ReadOutput(at[i], chip);
            saysPolarity[i] = at[i]["activeLow"].Exists;
            for (int k = 0; k < i; k++)
            {
                if (outputs[k].Name == outputs[i].Name)
                {
                    throw at[i]["name"].Refuse($"is {NumberText.Quote(outputs[i].Name)}, as is outputs[{k}].name; give every output once");
                }

                if (outputs[k].Pin == outputs[i].Pin)
                {
                    throw at[i]["pin"].Refuse($"is {outputs[i].Pin}, which outputs[{k}] has already; take another pin");
                }
            }

            if (inputs is not null && Array.FindIndex(inputs, input => chip.GpioOfAdc(input.Adc) == outputs[i].Pin) is >= 0 and int sensor)
            {
                throw at[i]["pin"].Refuse($"is {outputs[i].Pin}, which inputs[{sensor}] has as ADC channel {inputs[sensor].Adc}; take another pin");
            }
        }

        // A group of one keeps nothing apart, which is what a misspelled name looks like.
        int lonely = Array.FindIndex(outputs, load => load.Group is not null and not BoardOutput.NoGroup && outputs.Count(other => other.Group == load.Group) == 1);
        return lonely < 0
            ? new BoardFile(name, chip, namesChip, periodMs, saturationIsFault, unfamiliarIsFault, deadTimeMs, inputs, outputs, hasRule, saysPolarity) { Decisions = BoardDecisions.Read(root["decisions"]) }
            : throw at[lonely]["group"].Refuse($"is {NumberText.Quote(outputs[lonely].Group!)}, and no other output is in it; name another one, or leave \"group\" out");
    }

    /// <summary>
    /// The wiring of a model without a board file: ADC channels and pins in order. Only for a model whose inputs are
    /// all counts of a 12-bit ADC (calibrated, or ranging like counts) and not more than there are channels; any other
    /// is left unwired, to be asked over the link.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="classifies">True when the outputs are classes: they follow arg-max.</param>
    /// <param name="wiring">What the board says about its pins; null: those of the firmware's settings, all active high.</param>
    /// <exception cref="InputRefusedException">The board does not drive a pin that an output would take.</exception>
    public static BoardSpec DefaultFor(FloatModel model, bool classifies, BoardWiring? wiring = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Chip chip = wiring?.Chip ?? BoardPins.Classic;
        int[] channels = FreeChannels(chip, [], wiring);
        if (AnalogCount(model) > channels.Length || !Array.TrueForAll(model.Inputs, input => LooksLikeCounts(input, channels)))
        {
            return new BoardSpec(0, [], []);
        }

        return new BoardSpec(0, DefaultInputs(model, channels), DefaultOutputs(model, chip, classifies, wiring), Chip: chip.Name);
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
        int[] channels = FreeChannels(Chip, _outputs, wiring);
        if (Inputs is null && AnalogCount(model) > channels.Length)
        {
            throw new InputRefusedException(
                $"{Name} names no inputs, and the model's {AnalogCount(model)} are more than the {channels.Length} ADC channels; list the inputs that are wired.");
        }

        BoardInput[] inputs = Inputs is null ? DefaultInputs(model, channels) : [.. Inputs];
        RequireKnown("input", inputs.Select(i => i.Name), model.Inputs.Select(i => i.Name), "make the names equal");
        RequireKnown("output", _outputs.Select(o => o.Name), model.Outputs.Select(o => o.Name), OutputCure(classifies));
        foreach (InputSpec input in model.Inputs)
        {
            if (!Array.Exists(inputs, i => i.Name == input.Name))
            {
                throw new InputRefusedException(
                    $"{Name} has no input {NumberText.Quote(input.Name)}, which the model needs; add it with its ADC channel{(IsOutput(input.Name) ? "; it is an output there: learn it too, or train with --ignore" : ", or leave it out of the training with --ignore")}.");
            }
        }

        if (!HasOutputs)
        {
            return BoardDecisions.On(new BoardSpec(PeriodMs, inputs, DefaultOutputs(model, Chip, classifies, wiring), SaturationIsFault, DeadTimeMs, UnfamiliarIsFault, Chip.Name), Decisions, model);
        }

        BoardOutput[] outputs = [.. _outputs.Select((output, i) => wiring is null ? output : wiring.Wire(output, _saysPolarity[i]))];
        for (int i = 0; i < outputs.Length; i++)
        {
            if (!_hasRule[i])
            {
                outputs[i] = classifies
                    ? outputs[i] with { ArgMax = true }
                    : throw new InputRefusedException($"{Name}: outputs[{i}] does not say when to switch; give \"on\" and \"off\" in the unit of {NumberText.Quote(outputs[i].Name)}.");
            }
        }

        return BoardDecisions.On(new BoardSpec(PeriodMs, inputs, outputs, SaturationIsFault, DeadTimeMs, UnfamiliarIsFault, Chip.Name), Decisions, model);
    }

    /// <summary>Compares the outputs of this file with what a board says about its pins: that needs no model.</summary>
    /// <param name="wiring">What the board says.</param>
    /// <exception cref="InputRefusedException">The board has another chip, does not drive a pin, or its load runs at the other level.</exception>
    public void RequireAllowed(BoardWiring wiring)
    {
        ArgumentNullException.ThrowIfNull(wiring);
        RequireChip(wiring);
        for (int i = 0; i < _outputs.Length; i++)
        {
            wiring.Wire(_outputs[i], _saysPolarity[i]);
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

    private static BoardInput[] ReadInputs(JsonInput at, Chip chip)
    {
        at.RequireArray(0, MostEntries, "inputs");
        BoardInput[] inputs = new BoardInput[at.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            JsonInput input = at[i].RequireObject("name", "adc", "sensor", "oversample", "counts", "values", "plausible", "frozenMs");
            string name = input["name"].Name();
            inputs[i] = input["sensor"].Exists ? ReadSensor(input, name) : ReadAnalog(input, name, chip);
            for (int k = 0; k < i; k++)
            {
                if (inputs[k].Name == name)
                {
                    throw input["name"].Refuse($"is {NumberText.Quote(name)}, as is inputs[{k}].name; give every input once");
                }

                if (inputs[k].Adc == inputs[i].Adc && inputs[k].Sensor == inputs[i].Sensor)
                {
                    throw inputs[i].Sensor is int sensor
                        ? input["sensor"].Refuse($"is {sensor}, which inputs[{k}] has already; take another value")
                        : input["adc"].Refuse($"is {inputs[i].Adc}, which inputs[{k}] has already; take another channel");
                }
            }
        }

        return inputs;
    }

    private static BoardInput ReadAnalog(JsonInput input, string name, Chip chip)
    {
        int adc = input["adc"].Integer(0, 63);
        if (chip.WhyNotAdc(adc) is string why)
        {
            throw input["adc"].Refuse($"is {adc}, but channel {adc} {why}; take one of {BoardPins.DescribeAdc(chip)}");
        }

        int oversample = input["oversample"].Exists ? input["oversample"].Integer(1, MostOversampling) : 16;
        return int.IsPow2(oversample)
            ? new BoardInput(name, adc, oversample, CalibrationInput.Read(input), ReadPlausible(input["plausible"]), ReadFrozen(input["frozenMs"]))
            : throw input["oversample"].Refuse($"is {oversample}, but must be a power of two from 1 to {MostOversampling}");
    }

    private static BoardInput ReadSensor(JsonInput input, string name)
    {
        foreach (string other in (string[])["adc", "oversample", "plausible"])
        {
            if (input[other].Exists)
            {
                throw input[other].Refuse("is for the ADC, and the input has \"sensor\" too; remove one of them");
            }
        }

        return BoardInput.OfSensor(name, input["sensor"].Integer(0, InputBinding.MaxSensors - 1), CalibrationInput.Read(input), ReadFrozen(input["frozenMs"]));
    }

    private static int ReadFrozen(JsonInput at) => at.Exists ? at.Integer(ShortestFrozenMs, Safeguards.MaxTimeMs) : 0;

    private static (BoardOutput Output, bool HasRule) ReadOutput(JsonInput at, Chip chip)
    {
        at.RequireObject("name", "pin", "on", "off", "minOnMs", "minOffMs", "maxOnMs", "restMs", "group", "activeLow", "argmax", "rule");
        string name = at["name"].Name();
        int pin = at["pin"].Integer(0, 63);
        if (BoardPins.WhyNotOutput(chip, pin) is string why)
        {
            throw at["pin"].Refuse($"is {pin}, but GPIO {pin} {why}; take one of {string.Join(", ", BoardPins.OutputsOf(chip))}");
        }

        bool? argMax = ReadRule(at);
        bool thresholds = at["on"].Exists || at["off"].Exists;
        if (argMax == true && thresholds)
        {
            throw at.Refuse("follows arg-max and has on or off too; remove one of the two rules");
        }

        if (argMax == false && !thresholds)
        {
            throw at.Refuse("does not follow arg-max and has no on either; give on and off");
        }

        double on = 0.5;
        double off = 0.5;
        if (thresholds)
        {
            on = at["on"].Number(-LargestThreshold, LargestThreshold);
            off = at["off"].Exists ? at["off"].Number(-LargestThreshold, LargestThreshold) : on;
        }

        int minOnMs = at["minOnMs"].Exists ? at["minOnMs"].Integer(0, LongestMinimumMs) : 0;
        int minOffMs = at["minOffMs"].Exists ? at["minOffMs"].Integer(0, LongestMinimumMs) : 0;
        bool activeLow = at["activeLow"].Exists && at["activeLow"].Flag();
        (int maxOnMs, int restMs) = ReadLimit(at, minOnMs);
        string? group = at["group"].Exists ? at["group"].Name() : null;
        return (new BoardOutput(name, pin, argMax == true, on, off, minOnMs, minOffMs, activeLow, maxOnMs, restMs, group), argMax == true || thresholds);
    }

    private static (int MaxOnMs, int RestMs) ReadLimit(JsonInput at, int minOnMs)
    {
        if (!at["maxOnMs"].Exists)
        {
            return at["restMs"].Exists ? throw at["restMs"].Refuse("says how long to rest, but no maxOnMs says from what; give both") : (0, 0);
        }

        int maxOnMs = at["maxOnMs"].Integer(ShortestLimitMs, LongestMinimumMs);
        if (maxOnMs < minOnMs)
        {
            throw at["maxOnMs"].Refuse($"is {maxOnMs}, which is shorter than minOnMs, {minOnMs}; correct one of them");
        }

        return (maxOnMs, at["restMs"].Exists ? at["restMs"].Integer(ShortestLimitMs, LongestMinimumMs) : 0);
    }

    private static (int, int)? ReadPlausible(JsonInput at)
    {
        if (!at.Exists)
        {
            return null;
        }

        at.RequireArray(2, 2, "counts");
        int least = at[0].Integer(0, Safeguards.FullScale);
        int most = at[1].Integer(0, Safeguards.FullScale);
        return least < most ? (least, most) : throw at.Refuse("has a least count that is not below the most; write for example [0, 4095]");
    }

    /// <summary>True for arg-max, false for thresholds, null when the file does not say.</summary>
    private static bool? ReadRule(JsonInput at)
    {
        bool? flag = at["argmax"].Exists ? at["argmax"].Flag() : null;
        if (!at["rule"].Exists)
        {
            return flag;
        }

        string rule = at["rule"].Text(Names.MostBytes);
        bool byRule = rule switch
        {
            "argmax" => true,
            "threshold" => false,
            _ => throw at["rule"].Refuse($"is {NumberText.Quote(rule)}; known are argmax and threshold"),
        };
        return flag is bool other && other != byRule ? throw at["rule"].Refuse("contradicts argmax beside it; remove one of them") : byRule;
    }

    private static bool ReadDoubt(JsonInput at) => at.Text(Names.MostBytes) switch
    {
        "safe" => true,
        "continue" => false,
        string other => throw at.Refuse($"is {NumberText.Quote(other)}; known are safe and continue"),
    };

    private static bool LooksLikeCounts(InputSpec input, int[] channels)
    {
        // Real quantities in their usual units rarely reach 256; counts of a 12-bit converter rarely stay below.
        return input.Calibration is not null
            || ChannelNamed(input.Name, channels) is not null
            || SensorNamed(input.Name) is not null
            || input is { Minimum: >= 0, Maximum: >= 256 and <= 4095 };
    }

    /// <summary>A column called adc6 holds the counts of channel 6, as <c>record</c> and <c>simulate --sensors</c> have it.</summary>
    private static int? ChannelNamed(string name, int[] channels)
    {
        foreach (int channel in channels)
        {
            if (string.Equals(name, $"adc{channel}", StringComparison.OrdinalIgnoreCase))
            {
                return channel;
            }
        }

        return null;
    }

    /// <summary>A column called sensor0 holds the values of sensor 0, likewise.</summary>
    private static int? SensorNamed(string name) =>
        name.StartsWith("sensor", StringComparison.OrdinalIgnoreCase) && int.TryParse(name.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out int sensor) && sensor < InputBinding.MaxSensors
            ? sensor
            : null;

    private static int AnalogCount(FloatModel model) => model.Inputs.Count(input => SensorNamed(input.Name) is null);

    /// <summary>The channels of a chip that no output has taken, and that the board samples.</summary>
    private static int[] FreeChannels(Chip chip, BoardOutput[] outputs, BoardWiring? wiring) =>
        [.. BoardPins.ChannelsOf(chip).Where(channel => !Array.Exists(outputs, output => output.Pin == chip.GpioOfAdc(channel)) && (wiring?.AdcChannels is not int mask || (mask >> channel & 1) != 0))];

    private static BoardInput[] DefaultInputs(FloatModel model, int[] channels)
    {
        int?[] named = [.. model.Inputs.Select(input => ChannelNamed(input.Name, channels))];
        Queue<int> free = new(channels.Where(channel => !named.Contains(channel)));
        return [.. model.Inputs.Select((input, i) => SensorNamed(input.Name) is int sensor ? BoardInput.OfSensor(input.Name, sensor) : new BoardInput(input.Name, named[i] ?? free.Dequeue()))];
    }

    private static BoardOutput[] DefaultOutputs(FloatModel model, Chip chip, bool classifies, BoardWiring? wiring)
    {
        int[] pins = [.. BoardPins.OutputsOf(chip).Where(pin => wiring is null || (wiring.OutputPins & (1L << pin)) != 0)];
        return [.. model.Outputs.Take(pins.Length).Select((output, j) => new BoardOutput(output.Name, pins[j], classifies, DefaultOn, DefaultOff))
            .Select(output => wiring?.Wire(output, saysPolarity: false) ?? output)];
    }

    private bool IsOutput(string name) => _outputs.Any(output => output.Name == name);

    // A table has a column for each load, and one of them alone was learned.
    private string OutputCure(bool classifies)
    {
        string all = $"train learns all that it wires with --target {string.Join(",", _outputs.Select(output => output.Name))}";
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
