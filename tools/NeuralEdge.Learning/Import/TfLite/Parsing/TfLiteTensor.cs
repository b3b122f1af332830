namespace NeuralEdge.Learning.Import.TfLite.Parsing;

/// <summary>What a TensorFlow Lite file says of a tensor.</summary>
internal sealed class TfLiteTensor
{
    internal const int Float32 = 0;
    internal const int Float16 = 1;
    internal const int Int32 = 2;
    internal const int UInt8 = 3;
    internal const int Int64 = 4;
    internal const int Int16 = 7;
    internal const int Int8 = 9;
    internal const int Float64 = 10;

    internal TfLiteTensor(FlatTable table)
    {
        Shape = table.Ints(0, Folding.TensorShape.MostDimensions, "dimensions of one tensor");
        Type = table.Byte(1, 0);
        Buffer = table.Int(2, 0);
        Name = table.Text(3);
        if (table.Table(4) is FlatTable quantisation)
        {
            Scales = quantisation.Singles(2, TfLiteLimits.MostScales, "scales of one tensor");
            ZeroPoints = quantisation.Longs(3, TfLiteLimits.MostScales, "zero points of one tensor");
            Axis = quantisation.Int(6, 0);
        }
    }

    internal int[] Shape { get; }

    internal int Type { get; }

    internal int Buffer { get; }

    internal string Name { get; }

    /// <summary>Steps of a quantised tensor, one for all or one for each channel; empty of a float tensor.</summary>
    internal float[] Scales { get; } = [];

    internal long[] ZeroPoints { get; } = [];

    /// <summary>The axis of the channels.</summary>
    internal int Axis { get; }

    /// <summary>True when its integers stand for real numbers.</summary>
    internal bool IsQuantised => Scales.Length > 0 && Type is UInt8 or Int8 or Int16 or Int32;

    /// <summary>Bytes of one element; 0 of types that networks do not have.</summary>
    internal int BytesOfElement => Type switch
    {
        Float32 or Int32 => 4,
        Float16 or Int16 => 2,
        UInt8 or Int8 => 1,
        Int64 or Float64 => 8,
        _ => 0,
    };

    /// <summary>The range of the real numbers that an 8-bit tensor can stand for; null of other tensors.</summary>
    internal (double Minimum, double Maximum)? Range
    {
        get
        {
            if (Scales.Length != 1 || Type is not (Int8 or UInt8))
            {
                return null;
            }

            double scale = Scales[0];
            long zero = ZeroPoints.Length == 1 ? ZeroPoints[0] : 0;
            int least = Type == Int8 ? -128 : 0;
            (double Minimum, double Maximum) range = (scale * ((double)least - zero), scale * (least + 255.0 - zero));
            return double.IsFinite(range.Minimum) && double.IsFinite(range.Maximum) && range.Minimum < range.Maximum ? range : null;
        }
    }

    internal string TypeName => Type switch
    {
        Float32 => "float32",
        Float16 => "float16",
        Int32 => "int32",
        UInt8 => "uint8",
        Int64 => "int64",
        Int16 => "int16",
        Int8 => "int8",
        Float64 => "float64",
        _ => $"number {Type}",
    };
}
