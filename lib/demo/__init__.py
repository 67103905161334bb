"""Invented figures for demonstrations and measurements, every row marked 演示数据."""
