"""The large town nearest to a place of whole degrees: what people call where a scan was. Pure."""

from __future__ import annotations

from math import cos, hypot, radians

from functions.core.text import Language

NEAR_DEGREES = 1.6  # some 170 kilometres: beyond, the degrees say more
TOWNS = (
    ("北京", "Beijing", 39.9, 116.4),
    ("天津", "Tianjin", 39.1, 117.2),
    ("石家庄", "Shijiazhuang", 38.0, 114.5),
    ("太原", "Taiyuan", 37.9, 112.5),
    ("呼和浩特", "Hohhot", 40.8, 111.7),
    ("沈阳", "Shenyang", 41.8, 123.4),
    ("大连", "Dalian", 38.9, 121.6),
    ("长春", "Changchun", 43.9, 125.3),
    ("哈尔滨", "Harbin", 45.8, 126.5),
    ("上海", "Shanghai", 31.2, 121.5),
    ("南京", "Nanjing", 32.1, 118.8),
    ("杭州", "Hangzhou", 30.3, 120.2),
    ("宁波", "Ningbo", 29.9, 121.5),
    ("温州", "Wenzhou", 28.0, 120.7),
    ("合肥", "Hefei", 31.8, 117.2),
    ("福州", "Fuzhou", 26.1, 119.3),
    ("厦门", "Xiamen", 24.5, 118.1),
    ("南昌", "Nanchang", 28.7, 115.9),
    ("济南", "Jinan", 36.7, 117.0),
    ("青岛", "Qingdao", 36.1, 120.4),
    ("郑州", "Zhengzhou", 34.7, 113.6),
    ("武汉", "Wuhan", 30.6, 114.3),
    ("长沙", "Changsha", 28.2, 112.9),
    ("广州", "Guangzhou", 23.1, 113.3),
    ("深圳", "Shenzhen", 22.5, 114.1),
    ("南宁", "Nanning", 22.8, 108.4),
    ("海口", "Haikou", 20.0, 110.3),
    ("重庆", "Chongqing", 29.6, 106.5),
    ("成都", "Chengdu", 30.7, 104.1),
    ("贵阳", "Guiyang", 26.6, 106.7),
    ("昆明", "Kunming", 25.0, 102.7),
    ("拉萨", "Lhasa", 29.7, 91.1),
    ("西安", "Xi'an", 34.3, 108.9),
    ("兰州", "Lanzhou", 36.1, 103.8),
    ("西宁", "Xining", 36.6, 101.8),
    ("银川", "Yinchuan", 38.5, 106.3),
    ("乌鲁木齐", "Ürümqi", 43.8, 87.6),
    ("香港", "Hong Kong", 22.3, 114.2),
    ("澳门", "Macao", 22.2, 113.5),
    ("台北", "Taipei", 25.0, 121.6),
    ("新加坡", "Singapore", 1.4, 103.8),
    ("东京", "Tokyo", 35.7, 139.7),
)


def near(latitude: float, longitude: float, language: Language) -> str:
    """What the nearest town is called; the degrees where none is near."""

    def away(town: tuple[str, str, float, float]) -> float:
        return hypot(town[2] - latitude, (town[3] - longitude) * cos(radians(latitude)))

    nearest = min(TOWNS, key=away)
    if away(nearest) > NEAR_DEGREES:
        return f"{latitude:g}°, {longitude:g}°"
    return nearest[0] if language == "zh" else nearest[1]


def landmarks(language: Language) -> list[tuple[str, float, float]]:
    """Every town by its name, latitude and longitude: to see by where something else is."""
    return [(zh if language == "zh" else en, latitude, longitude) for zh, en, latitude, longitude in TOWNS]
