"""What a studio does to sound: filters, amplifier, echo, room, limiter. Audio is float64 [frames, 2]."""

import numpy as np
from scipy import signal
from scipy.ndimage import minimum_filter1d


def lowpass(audio, rate, hz, order=2):
    return signal.sosfilt(signal.butter(order, hz, "low", fs=rate, output="sos"), audio, axis=0)


def highpass(audio, rate, hz, order=2):
    return signal.sosfilt(signal.butter(order, hz, "high", fs=rate, output="sos"), audio, axis=0)


def amplifier(drive, treble_hz=4800, level=0.5):
    """A guitar amplifier: tightened lows, a soft clipper at four times the rate, and a closed-back cabinet."""

    def run(audio, rate):
        tight = highpass(audio, rate, 110)
        hot = np.tanh(drive * signal.resample_poly(tight, 4, 1, axis=0))
        clipped = signal.resample_poly(hot, 1, 4, axis=0)[: len(audio)]
        body = signal.lfilter(*signal.iirpeak(750, 0.7, fs=rate), clipped, axis=0)
        return level * lowpass(highpass(clipped + 0.25 * body, rate, 85), rate, treble_hz, 4)

    return run


def boost(decibels):
    return lambda audio, rate: 10 ** (decibels / 20) * audio


def echo(audio, rate, delay_sec, feedback=0.4, wet=0.3):
    """Ping-pong echo: each repeat changes sides and loses some treble."""
    out, tap = audio.copy(), audio
    shift = round(delay_sec * rate)
    for _ in range(6):
        tap = lowpass(np.vstack([np.zeros((shift, 2)), tap[:-shift, ::-1]]), rate, 3500, 1) * feedback
        out += wet / feedback * tap
    return out


def room(rate, seconds, rng, bright_hz=6500):
    """Impulse response [frames, 2] of a room: a few early reflections, then noise that fades by 60 dB."""
    frames = round(seconds * rate)
    times = np.arange(frames)[:, None] / rate
    tail = rng.standard_normal((frames, 2)) * 10 ** (-3 * times / seconds) * np.minimum(1, times / 0.02)
    dark = lowpass(tail, rate, 1800)
    bright = lowpass(tail, rate, bright_hz) * 10 ** (-2 * times / seconds)
    response = highpass(0.6 * dark + bright, rate, 150)
    response /= np.sqrt(np.sum(response**2, axis=0))
    for side in range(2):
        for delay in rng.uniform(0.007, 0.045, 6):
            response[round(delay * rate), side] += 0.12 * rng.choice((-1, 1))
    return response


def reverb(audio, rate, seconds, wet, rng):
    if wet == 0:
        return audio
    response = room(rate, seconds, rng)
    tail = np.stack([signal.fftconvolve(audio[:, c], response[:, c])[: len(audio)] for c in range(2)], axis=1)
    return audio + wet * tail


def limiter(audio, rate, ceiling, ahead_sec=0.004, release_sec=0.12):
    """Turns down ahead of peaks over the ceiling, the same for both channels."""
    ahead = round(ahead_sec * rate)
    peaks = np.abs(audio).max(axis=1)
    need = np.minimum(1, ceiling / np.maximum(peaks, 1e-9))
    held = minimum_filter1d(need, 2 * ahead + 1, mode="nearest")
    decay = np.exp(-1 / (release_sec * rate))
    gain, now = np.empty_like(held), 1.0
    for i, wanted in enumerate(held):
        now = min(wanted, 1 - (1 - now) * decay)
        gain[i] = now
    smooth = signal.fftconvolve(np.pad(gain, ahead, mode="edge"), np.ones(2 * ahead + 1) / (2 * ahead + 1), "valid")
    return np.clip(audio * smooth[:, None], -ceiling, ceiling)


def loudness(audio, rate):
    """Integrated loudness in LUFS (ITU-R BS.1770-4, both gates), its filters re-derived for any sample rate."""
    weighted = signal.sosfilt(k_weighting(rate), audio, axis=0)
    block, hop = round(0.4 * rate), round(0.1 * rate)
    power = np.array([np.mean(weighted[i : i + block] ** 2, axis=0).sum() for i in range(0, len(audio) - block, hop)])
    level = lambda p: -0.691 + 10 * np.log10(np.maximum(p, 1e-12))
    loud = power[level(power) > -70]
    return float(level(np.mean(loud[level(loud) > level(np.mean(loud)) - 10])))


def k_weighting(rate):
    shelf_k, shelf_q, shelf_gain = np.tan(np.pi * 1681.974450955533 / rate), 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    vb = shelf_gain**0.4996667741545416
    a0 = 1 + shelf_k / shelf_q + shelf_k**2
    shelf = [
        (shelf_gain + vb * shelf_k / shelf_q + shelf_k**2) / a0, 2 * (shelf_k**2 - shelf_gain) / a0,
        (shelf_gain - vb * shelf_k / shelf_q + shelf_k**2) / a0, 1, 2 * (shelf_k**2 - 1) / a0,
        (1 - shelf_k / shelf_q + shelf_k**2) / a0,
    ]
    k, q = np.tan(np.pi * 38.13547087602444 / rate), 0.5003270373238773
    a0 = 1 + k / q + k**2
    return np.array([shelf, [1, -2, 1, 1, 2 * (k**2 - 1) / a0, (1 - k / q + k**2) / a0]])
