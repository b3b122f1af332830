using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Boards;

/// <summary>An entry of "inputs" in a board file: a sensor on an ADC channel, or a value of a digital one.</summary>
internal static class BoardInputEntry
{
    private const int MostOversampling = 256;

    // Two equal sums in a row are nothing unusual.
    private const int ShortestFrozenMs = 1000;

    /// <summary>Reads all entries.</summary>
    /// <param name="at">The value of "inputs".</param>
    /// <param name="chip">The board's chip.</param>
    /// <exception cref="InputRefusedException">The chip has no such channel, or two entries are at odds.</exception>
    internal static BoardInput[] ReadAll(JsonInput at, Chip chip)
    {
        at.RequireArray(0, BoardLimits.WidestLayer, "inputs");
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
}
