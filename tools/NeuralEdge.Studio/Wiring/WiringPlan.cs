using System.Text.Json;
using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Host;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Normality;

namespace NeuralEdge.Studio.Wiring;

/// <summary>Which input is on which channel of a board, which pin follows which output, and when it switches; what a board file says.</summary>
public sealed class WiringPlan
{
    private const double LeastCounts = 256;
    private const double FullScale = 4095;
    private const double OnShare = 0.6;
    private const double OffShare = 0.4;
    private const double AboveLevel = 1.5;

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    private readonly LearnedModel _learned;
    private readonly BoardWiring? _board;
    private readonly double[][] _answers;

    /// <summary>A first plan: inputs on channels in order, no pins yet.</summary>
    /// <param name="result">What was learned.</param>
    /// <param name="board">What the board says of its pins; null when there is none.</param>
    public WiringPlan(TrainResult result, BoardWiring? board)
        : this(new LearnedModel(result), board)
    {
    }

    /// <summary>A first plan: inputs on channels in order, no pins yet.</summary>
    /// <param name="learned">What was learned.</param>
    /// <param name="board">What the board says of its pins; null when there is none.</param>
    public WiringPlan(LearnedModel learned, BoardWiring? board)
    {
        ArgumentNullException.ThrowIfNull(learned);
        (_learned, _board, Chip) = (learned, board, board?.Chip ?? BoardPins.Classic);
        _answers = [.. Enumerable.Range(0, learned.Model.Model.Outputs.Length).Select(o => learned.Answers.Select(row => row[o]).ToArray())];
        Channels =
        [
            .. BoardPins.ChannelsOf(Chip).Where(channel => board?.AdcChannels is not int mask || (mask >> channel & 1) != 0),
            .. Enumerable.Range(0, board?.Sensors ?? 0).Select(sensor => CountChannel.OfSensor(sensor).Channel),
        ];
        Queue<int> free = new(Channels.Where(channel => !learned.Sampled.Any(input => IsChannel(input.Name, channel))));
        Inputs = [.. learned.Sampled.Select(input => new WiredInput(input.Name)
        {
            Channel = Channels.Select(channel => (int?)channel).FirstOrDefault(channel => IsChannel(input.Name, channel!.Value)) ?? (free.TryDequeue(out int next) ? next : null),
            NeedsValues = !Channels.Any(channel => IsChannel(input.Name, channel)) && !(input is { Minimum: >= 0, Maximum: >= LeastCounts and <= FullScale }),
        })];
        
        // An alarm ends below where it begins, wherever that is moved to: above it, the rule would be the other way round.
        Outputs = [.. learned.Model.Model.Outputs.Select((output, o) => new WiredOutput(output.Name, o)
        {
            FollowsLargest = Classifies,
            OffShare = learned.Normal is null ? null : NormalResult.AlarmEndsAt,
            Limits = learned.Normal is { } of ? (Math.Min(1, of.Level), of.HighestLevel) : (double.NegativeInfinity, double.PositiveInfinity),
            IsWithheld = learned.Unwired.Contains(output.Name),
        })];
        foreach (WiredOutput output in Outputs)
        {
            (double least, double most) = Ends(output);
            (output.On, output.Off) = learned.Normal is { } normal ? (normal.Level, normal.Level * NormalResult.AlarmEndsAt) : Classifies ? (OnShare, OffShare) : (least + (OnShare * (most - least)), least + (OffShare * (most - least)));
        }
    }

    /// <summary>The chip that it is for.</summary>
    public Chip Chip { get; }

    /// <summary>Channels of the board's ADC, then its sensor values as <see cref="CountChannel"/> numbers them.</summary>
    public IReadOnlyList<int> Channels { get; }

    /// <summary>The inputs.</summary>
    public IReadOnlyList<WiredInput> Inputs { get; }

    /// <summary>The outputs.</summary>
    public IReadOnlyList<WiredOutput> Outputs { get; }

    /// <summary>Milliseconds from one inference to the next; null: the board's own.</summary>
    public int? PeriodMs { get; set; }

    /// <summary>True: outputs are off while inputs are unlike the training.</summary>
    public bool IsSafeWhenUnfamiliar { get; set; }

    /// <summary>True when the outputs are classes.</summary>
    public bool Classifies => _learned.Classifies;

    /// <summary>What is known of the alarms of a model of what is normal; null for others.</summary>
    public NormalResult? Normal => _learned.Normal;

    /// <summary>All pins of the chip.</summary>
    public IReadOnlyList<int> Pins => [.. PinList.Expand(Chip.Pins).Order()];

    /// <summary>Why a pin cannot follow an output, as the rest of a sentence behind the pin; null when it can.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <param name="output">The output.</param>
    public string? WhyNot(int pin, WiredOutput? output = null) =>
        (IsReadAtStart(pin) ? $"is read by the {Chip.Title} as it starts, and a load on it can keep the board from starting (a strapping pin)" : BoardPins.WhyNotOutput(Chip, pin))
        ?? (_board is not null && (_board.OutputPins & (1L << pin)) == 0 ? "is none that the board's Settings.cs lets it drive"
            : Inputs.FirstOrDefault(input => input.Channel is int channel && Chip.GpioOfAdc(channel) == pin) is WiredInput sensor ? $"has the sensor {sensor.Name}"
            : Outputs.FirstOrDefault(other => other != output && other.Pin == pin) is WiredOutput load ? $"follows {load.Name}"
            : null);

    /// <summary>Whether a pin decides how the chip starts.</summary>
    /// <param name="pin">GPIO number.</param>
    public bool IsReadAtStart(int pin) => PinList.Has(Chip.Strapping, pin);

    /// <summary>A pin that is free, in the order in which boards take them; null for none.</summary>
    public int? FreePin => BoardPins.OutputsOf(Chip).Select(pin => (int?)pin).FirstOrDefault(pin => WhyNot(pin!.Value) is null);

    /// <summary>Where an LED shows an output at work, in words: the pin that follows one, or else one that can.</summary>
    public string PinToSee =>
        Outputs.FirstOrDefault(output => output.Pin is not null) is { } wired ? $"GPIO {wired.Pin}, which follows {wired.Name},"
        : FreePin is int free ? $"a free pin, such as GPIO {free},"
        : "a free pin";

    /// <summary>The pins that can follow no output, together where they have the same reason.</summary>
    public IReadOnlyList<(string Pins, string Why)> Refused() =>
    [
        .. Pins.Select(pin => (Pin: pin, Why: WhyNot(pin))).Where(refused => refused.Why is not null)
            .GroupBy(refused => refused.Why!)
            .Select(group => (string.Join(", ", group.Select(refused => refused.Pin)), group.Key)),
    ];

    /// <summary>The pins that can follow an output.</summary>
    /// <param name="output">The output.</param>
    public IReadOnlyList<int> PinsFor(WiredOutput output) => [.. Pins.Where(pin => WhyNot(pin, output) is null)];

    /// <summary>What the network answered at the rows held out, or learned from where none was: the output's values.</summary>
    /// <param name="output">The output.</param>
    public IReadOnlyList<double> Answers(WiredOutput output) => _answers[output.Number];

    /// <summary>
    /// The least and the most of <see cref="Answers"/>, 0 and 1 for probabilities; of scores from 0 to half above the level at which an alarm was
    /// learned to begin, or to the highest.
    /// </summary>
    /// <param name="output">The output.</param>
    public (double Least, double Most) Ends(WiredOutput output)
    {
        if (Classifies)
        {
            return (0, 1);
        }

        IReadOnlyList<double> answers = Answers(output);
        if (Normal is { } normal)
        {
            return (0, Math.Min(normal.Ceiling, Math.Max(AboveLevel * normal.Level, answers.Concat(normal.OtherScores).Max())));
        }

        return answers.Min() < answers.Max() ? (answers.Min(), answers.Max()) : (answers.Min() - 0.5, answers.Max() + 0.5);
    }

    /// <summary>The plan as a board file, as <c>--board</c> of the verbs takes it.</summary>
    public string ToJson()
    {
        Dictionary<string, object> board = new() { ["chip"] = Chip.Name };
        if (PeriodMs is int period)
        {
            board["periodMs"] = period;
        }

        // A fault is unlike the training, and is what an alarm is for.
        if (IsSafeWhenUnfamiliar && Normal is null)
        {
            board["onUnfamiliar"] = "safe";
        }

        board["inputs"] = Inputs.Select(input => input.ToJson());
        board["outputs"] = Outputs.Where(output => output.Pin is not null).Select(output => output.ToJson());
        return JsonSerializer.Serialize(board, Layout);
    }

    /// <summary>Makes the model file for this wiring.</summary>
    /// <param name="profile">The profile it was trained for.</param>
    /// <param name="cancellation">Looked at between the steps.</param>
    /// <exception cref="InputRefusedException">It would not work; the sentence says why.</exception>
    public ModelFile Convert(Profile profile, CancellationToken cancellation = default)
    {
        if (Inputs.FirstOrDefault(input => input.Channel is null) is WiredInput unwired)
        {
            throw new InputRefusedException($"The input {unwired.Name} has no channel: choose one, or train without it.");
        }

        if (Inputs.FirstOrDefault(input => input is { NeedsValues: true, HasValues: false }) is WiredInput unknown)
        {
            throw new InputRefusedException($"{unknown.Name} was learned in values that are no counts: say for two counts of the ADC which values they mean.");
        }

        if (Outputs.FirstOrDefault(output => output is { IsWithheld: true, IsAnyway: false, Pin: not null }) is WiredOutput withheld)
        {
            throw new InputRefusedException($"No pin may follow {withheld.Name}, which is no better than a guess, unless you say that it may all the same.");
        }

        BoardFile board = BoardFile.Parse(ToJson(), "the wiring");
        return _learned.Rewire(
            new ConvertOptions
            {
                Name = _learned.Name,
                Profile = profile,
                Board = board,
                Wiring = _board,
            },
            cancellation).File;
    }

    private static bool IsChannel(string name, int channel) => string.Equals(name, CountChannel.NameOf(channel), StringComparison.OrdinalIgnoreCase);
}
