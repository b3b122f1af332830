using System.CommandLine;
using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Verbs;

/// <summary>Two known voltages make a channel's counts true, on this board.</summary>
internal static class CalibrateVerb
{
    internal static Command Create()
    {
        Option<string?> port = CommonOptions.Port();
        Option<int> channel = new("--channel") { Required = true, HelpName = "N", Description = "The ADC channel." };
        Option<double?> low = Volts("--low", "The lower of two voltages that you know, like 0.5.");
        Option<double?> high = Volts("--high", "The higher one, like 2.3.");
        Option<double?> lowCount = Count("--low-count", "What the channel reads at --low, as calibrate without voltages shows it; without, the board measures it when you say so.");
        Option<double?> highCount = Count("--high-count", "What the channel reads at --high.");
        Option<bool> remove = new("--remove") { Description = "Take the correction away." };
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<bool> json = CommonOptions.Json();
        Command command = new("calibrate", "Correct an ADC channel of a board by two known voltages; without them, show what it reads.")
        {
            port, channel, low, high, lowCount, highCount, remove, keyFile, json,
        };
        command.Validators.Add(result =>
        {
            bool hasLow = result.GetResult(low) is not null;
            bool hasCount = result.GetResult(lowCount) is not null;
            if (hasLow != result.GetResult(high) is not null)
            {
                result.AddError("--low and --high go together");
            }
            else if (hasCount != result.GetResult(highCount) is not null || (hasCount && !hasLow))
            {
                result.AddError("--low-count and --high-count go together, and need --low and --high");
            }
            else if (hasLow && result.GetResult(remove) is { Implicit: false })
            {
                result.AddError("--remove goes with no voltage");
            }
        });
        command.SetAction((parse, cancellation) =>
        {
            int number = parse.GetValue(channel);
            bool quiet = parse.GetValue(json);
            using BoardLink link = BoardPort.Connect(parse.GetValue(port), CommonOptions.Keys(parse, keyFile), cancellation);
            BoardReport report = link.Info(cancellation);
            RequireChannel(report, number);
            if (parse.GetValue(remove))
            {
                Remove(link, number, quiet, cancellation);
                return Task.FromResult(ExitCode.Done);
            }

            ChannelMeter meter = new(link, number);
            if (parse.GetValue(low) is not double lowVolts || parse.GetValue(high) is not double highVolts)
            {
                double read = meter.Measure(cancellation);
                Tell(link, number, link.GetCorrection(number, cancellation), read, quiet);
                return Task.FromResult(ExitCode.Done);
            }

            CorrectionPoints.RequireVolts(report.Chip, lowVolts, highVolts);
            double? givenLow = parse.GetValue(lowCount);
            double? givenHigh = parse.GetValue(highCount);
            ChannelMeter.RequireInside(number, givenLow);
            ChannelMeter.RequireInside(number, givenHigh);
            if (givenLow is null && Console.IsInputRedirected)
            {
                throw new InputRefusedException("calibrate asks for one voltage after the other, and here nobody can answer: put each on by itself, read what calibrate shows without voltages, and give --low-count and --high-count.");
            }

            string place = string.Create(CultureInfo.InvariantCulture, $"channel {number}{(report.Chip?.GpioOfAdc(number) is >= 0 and int pin ? $" (GPIO{pin})" : "")}");
            CorrectionPoints points = givenLow is double atLow && givenHigh is double atHigh
                ? CorrectionPoints.Of(atLow, lowVolts, atHigh, highVolts)
                : new GuidedMeasurement(quiet ? Console.Error : Console.Out, Console.In, place, meter.Measure).Run(lowVolts, highVolts, cancellation);
            Tell(link, number, link.Correct(number, points, cancellation), read: null, quiet);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    // By itself the library takes a comma for one between thousands.
    private static Option<double?> Volts(string name, string description) => new(name)
    {
        HelpName = "VOLTS",
        Description = description,
        CustomParser = result =>
        {
            if (!double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double volts) || !double.IsFinite(volts))
            {
                result.AddError($"{name} {result.Tokens[0].Value} is not a number of volts like 0.5");
            }

            return volts;
        },
    };

    // As calibrate shows it: with a decimal point and a digit behind it, or all three of an eighth.
    private static Option<double?> Count(string name, string description) => new(name)
    {
        HelpName = "COUNT",
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double count) || count is not (>= 0 and <= ChannelMeter.FullScale))
            {
                result.AddError($"{name} {text} is no count that can be used, {ChannelMeter.Lowest} to {ChannelMeter.Highest}, like 605 or 605.5");
            }

            return count;
        },
    };

    private static void RequireChannel(BoardReport report, int channel)
    {
        if (channel is < 0 or > 31 || (report.Limits.AdcChannels >> channel & 1) == 0)
        {
            throw new InputRefusedException($"The board does not allow ADC channel {channel}; it has {string.Join(", ", Enumerable.Range(0, 32).Where(c => (report.Limits.AdcChannels >> c & 1) != 0))}.");
        }
    }

    private static void Remove(BoardLink link, int channel, bool json, CancellationToken cancellation)
    {
        AdcCorrection before = link.GetCorrection(channel, cancellation);
        if (before.IsKept)
        {
            Tell(link, channel, link.Correct(channel, points: null, cancellation), read: null, json);
        }
        else if (json)
        {
            Tell(link, channel, before, read: null, json);
        }
        else
        {
            Console.Out.WriteLine($"Channel {channel} had no correction that could be taken away{(before.IsAny ? ", but the one of the firmware's Settings.cs, which holds" : "")}; nothing was changed.");
        }
    }

    private static void Tell(BoardLink link, int channel, AdcCorrection correction, double? read, bool json)
    {
        if (json)
        {
            Show.Json(new
            {
                channel,
                read,
                source = correction.IsKept ? "measured" : correction.IsAny ? "firmware" : null,
                gain = correction.Gain,
                measured = correction.Measured,
                stands = correction.True,
            });
            return;
        }

        if (read is double count)
        {
            double corrected = correction.True + ((count - correction.Measured) * correction.Gain);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Channel {channel} of the board at {link.Port} reads {count:F1}; corrected {corrected:F1}, {CorrectionPoints.VoltsOf(corrected):F3} V."));
        }

        Console.Out.WriteLine(!correction.IsAny ? $"Channel {channel} has no correction."
            : string.Create(CultureInfo.InvariantCulture, $"Channel {channel}: {correction.Measured} stands for {correction.True}, slope {correction.Gain:F4}{(correction.IsKept ? "; kept on the board, whatever model and firmware it gets" : "; from the firmware's Settings.cs")}."));
        if (read is null)
        {
            Console.Out.WriteLine($"Models that were trained on counts of channel {channel} from before see other ones now: record and train again, or take it back.");
        }
    }
}
